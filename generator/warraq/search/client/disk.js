// @ts-check
// Files of this machine, for Node, whose fetch refuses them.
import { readFile } from "node:fs/promises";

/** @param {string} url */
export const readBytes = async (url) => new Uint8Array(await readFile(new URL(url))).buffer;
