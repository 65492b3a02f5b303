// SPDX-License-Identifier: AGPL-3.0-or-later
/** Keys of a device: signing, sealing to the server, and the PIN's lock. */
import { b64, text, unb64, utf8, type Bytes } from "./bytes";
import type { Envelope, Sealed, SealKey } from "./wire";

const CURVE = { name: "ECDSA", namedCurve: "P-256" };
const EXCHANGE = { name: "ECDH", namedCurve: "P-256" };
const SEAL_INFO = utf8("binhyen seal 1");
const ROUNDS = 300_000;

/** A new key pair; its private half can sign here and never be read. */
export async function makeDeviceKey(): Promise<{ signing: CryptoKey; point: string }> {
  const pair = await crypto.subtle.generateKey(CURVE, false, ["sign", "verify"]);
  return { signing: pair.privateKey, point: b64(await crypto.subtle.exportKey("raw", pair.publicKey)) };
}

export async function sign(key: CryptoKey, words: string): Promise<Envelope> {
  const sig = await crypto.subtle.sign({ name: "ECDSA", hash: "SHA-256" }, key, utf8(words));
  return { text: words, sig: b64(sig) };
}

/** Bytes that from now on only the server can read; this phone forgets its half at once. */
export async function seal(to: SealKey, id: string, bytes: Bytes): Promise<Sealed> {
  const theirs = await crypto.subtle.importKey("raw", unb64(to.key), EXCHANGE, false, []);
  const ours = await crypto.subtle.generateKey(EXCHANGE, false, ["deriveBits"]);
  const secret = await crypto.subtle.deriveBits({ name: "ECDH", public: theirs }, ours.privateKey, 256);
  const material = await crypto.subtle.importKey("raw", secret, "HKDF", false, ["deriveKey"]);
  const key = await crypto.subtle.deriveKey(
    { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(), info: SEAL_INFO },
    material,
    { name: "AES-GCM", length: 256 },
    false,
    ["encrypt"],
  );
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const box = await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData: utf8(id) }, key, bytes);
  const from = b64(await crypto.subtle.exportKey("raw", ours.publicKey));
  return { to: to.id, from, iv: b64(iv), box: b64(box) };
}

/**
 * The lock on a person's store: a random key, wrapped under one that comes from the PIN.
 *
 * It protects from a colleague, a child or a finder who holds the phone: names, patrols and one's
 * own log book cannot be read without the PIN. It does not protect from somebody who copies the
 * phone's storage and tries all PINs on a fast machine (six figures last for minutes there): against
 * that stand the phone's own encryption, and that filed reports are sealed to the server. Operations
 * that wait are outside the lock, so that they can be sent while somebody else is using the phone.
 */
export interface Lock {
  salt: Bytes;
  rounds: number;
  iv: Bytes;
  wrapped: ArrayBuffer;
}

async function pinKey(pin: string, salt: Bytes, rounds: number): Promise<CryptoKey> {
  const material = await crypto.subtle.importKey("raw", utf8(pin), "PBKDF2", false, ["deriveKey"]);
  return crypto.subtle.deriveKey(
    { name: "PBKDF2", salt, iterations: rounds, hash: "SHA-256" },
    material,
    { name: "AES-GCM", length: 256 },
    false,
    ["wrapKey", "unwrapKey"],
  );
}

export async function makeLock(pin: string, rounds = ROUNDS): Promise<{ lock: Lock; key: CryptoKey }> {
  const key = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, true, ["encrypt", "decrypt"]);
  const salt = crypto.getRandomValues(new Uint8Array(16));
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const wrapped = await crypto.subtle.wrapKey("raw", key, await pinKey(pin, salt, rounds), { name: "AES-GCM", iv });
  return { lock: { salt, rounds, iv, wrapped }, key };
}

/** The store's key, or null for a wrong PIN. */
export async function openLock(lock: Lock, pin: string): Promise<CryptoKey | null> {
  const by = await pinKey(pin, lock.salt, lock.rounds);
  try {
    return await crypto.subtle.unwrapKey(
      "raw", lock.wrapped, by, { name: "AES-GCM", iv: lock.iv }, "AES-GCM", false, ["encrypt", "decrypt"],
    );
  } catch {
    return null;
  }
}

/** A value as the person's store holds it. */
export interface Box {
  iv: Bytes;
  bytes: ArrayBuffer;
}

export async function shut(key: CryptoKey, value: unknown): Promise<Box> {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  return { iv, bytes: await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, utf8(JSON.stringify(value))) };
}

export async function unshut<T>(key: CryptoKey, box: Box): Promise<T> {
  const plain = await crypto.subtle.decrypt({ name: "AES-GCM", iv: box.iv }, key, box.bytes);
  return JSON.parse(text(plain)) as T;
}
