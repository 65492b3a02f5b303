# SPDX-License-Identifier: AGPL-3.0-or-later
"""Security and Order Protection Teams: founded, changed and dissolved by numbered decisions.

Legal basis: Law 30/2023/QH15 Art. 14 (the province decides numbers, the chair of the commune
People's Committee establishes each team on the proposal of commune police), Art. 16 (leader,
deputy, members; decisions are posted), Art. 17 (changes); Circular 14/2024/TT-BCA Art. 4 and 5.

Words: a *team* serves one or several *villages* of one commune (its area of responsibility); a
*post* is a place in it (leader, deputy, member); *decided number* is the strength that the province
fixed for a village; a *vacancy* is a decided place that nobody serves.

This app is the example to copy. Start with `models.py`, `actions.py`, `views.py`.
"""
