# SPDX-License-Identifier: AGPL-3.0-or-later
"""Photos and sound recordings that belong to a report or to a finding: things and places, no faces.

Legal basis: Law 30/2023/QH15 Art. 7 and 12 (what teams report and find); Law 91/2025/QH15: photos
rest on the consent of whoever is in them, so they are optional; nothing here recognises anybody.

Words: an *attachment* is one photo or one recording of one record of a higher app; a photo is
*drawn anew*, so that neither metadata nor anything hidden behind its picture is kept; a file is
*sealed* at rest with the server's key and the attachment's own id.

This app has no pages: who may add and open attachments is decided by the record to which they
belong. Start with `rules.py`, then `preparing.py` (what may come in) and `keeping.py`.
"""
