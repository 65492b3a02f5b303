// SPDX-License-Identifier: AGPL-3.0-or-later
/** Bytes as text and back. */

export type Bytes = Uint8Array<ArrayBuffer>;

export const utf8 = (text: string): Bytes => new TextEncoder().encode(text) as Bytes;

export const text = (bytes: ArrayBuffer | Bytes): string => new TextDecoder().decode(bytes);

/** base64url without padding. */
export function b64(from: ArrayBuffer | Bytes): string {
  let letters = "";
  for (const byte of new Uint8Array(from)) letters += String.fromCharCode(byte);
  return btoa(letters).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

export function unb64(letters: string): Bytes {
  const plain = atob(letters.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0)) as Bytes;
}
