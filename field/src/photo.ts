// SPDX-License-Identifier: AGPL-3.0-or-later
/**
 * A photo as it leaves the camera's hands: small, and nothing but its picture.
 *
 * Drawing it anew on a canvas drops everything that a camera writes beside it: place, time, device.
 * One photo is in memory at a time; a large one takes an old phone 50 MB for a moment.
 */
import type { Bytes } from "./engine/bytes";

export const LONGEST_SIDE = 1600;
export const MOST_BYTES = 300 * 1024;
const QUALITIES = [0.8, 0.65, 0.5, 0.35];
const SMALLER = 0.7;
const THUMB = 112;

export interface Shrunk {
  bytes: Bytes;
  /** A very small picture to show, as an address. */
  thumb: string;
}

function drawn(picture: ImageBitmap, longest: number): HTMLCanvasElement {
  const scale = Math.min(1, longest / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  const pen = canvas.getContext("2d");
  if (!pen) throw new Error("no canvas");
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return canvas;
}

const jpeg = (canvas: HTMLCanvasElement, quality: number): Promise<Blob | null> =>
  new Promise((done) => canvas.toBlob(done, "image/jpeg", quality));

/** The picture in at most 300 KB. Throws for what is no picture. */
export async function shrunk(file: Blob): Promise<Shrunk> {
  const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
  try {
    for (let longest = LONGEST_SIDE; ; longest *= SMALLER) {
      const canvas = drawn(picture, longest);
      for (const quality of QUALITIES) {
        const made = await jpeg(canvas, quality);
        if (!made) throw new Error("no picture");
        if (made.size > MOST_BYTES) continue;
        canvas.width = canvas.height = 0;
        const thumb = drawn(picture, THUMB).toDataURL("image/jpeg", 0.6);
        return { bytes: new Uint8Array(await made.arrayBuffer()), thumb };
      }
    }
  } finally {
    picture.close();
  }
}
