import { readFile } from 'node:fs/promises'
import type { Socket } from 'node:net'
import { sleep } from '../async/sleep.ts'

/** So much may be added by whoever finds room. */
const stepBytes = 64 * 1024
const lookAgainMs = 100

export interface BacklogLimits {
  /** What may be kept for a reader who does not read, our buffers and the kernel's together. */
  maxBytes: number
  /** How long a reader over the limit may take nothing. */
  stalledMs: number
}

/**
 * What was written to a connection and not taken by the other side. Node counts only what it keeps itself; the kernel takes up to
 * some megabytes more, which a reader who never reads would cost. Who writes waits for room first, says what it wrote, and stays
 * under the limit as long as it writes no more than 64 KiB at a time.
 */
export class Backlog {
  readonly #socket: Socket
  readonly #limits: BacklogLimits
  /** At the last look, and written since. */
  #bytes = 0

  constructor(socket: Socket, limits: BacklogLimits) {
    this.#socket = socket
    this.#limits = limits
  }

  wrote(bytes: number): void {
    this.#bytes += bytes
  }

  /** Resolves to true once there is room, to false when the reader has taken nothing for too long, or `signal` aborts. */
  async room(signal: AbortSignal): Promise<boolean> {
    const fullBytes = Math.max(0, this.#limits.maxBytes - stepBytes)
    let least = Infinity
    let sinceMs = performance.now()
    while (this.#bytes >= fullBytes) {
      this.#bytes = await unreadBytes(this.#socket)
      if (this.#bytes < fullBytes) break
      if (this.#bytes < least) {
        least = this.#bytes
        sinceMs = performance.now()
      }
      if (signal.aborted || performance.now() - sinceMs > this.#limits.stalledMs) return false
      await sleep(lookAgainMs, signal)
    }
    return !signal.aborted
  }
}

let listing: Promise<Map<string, number>> | null = null

/** Bytes written to `socket` that the other side has not taken: Node's, and where Linux tells, the kernel's. */
export async function unreadBytes(socket: Socket): Promise<number> {
  const { localPort, remoteAddress = '', remotePort } = socket
  // Whoever asks while the list is being read shares it.
  listing ??= listUnread().finally(() => (listing = null))
  const inKernel = (await listing).get(`${localPort} ${remoteAddress.replace(/^::ffff:/, '')} ${remotePort}`)
  return (inKernel ?? 0) + socket.writableLength
}

/** Lines of `/proc/net/tcp` (proc(5)) whose `tx_queue` is not empty: local port, remote address and port, bytes. */
const unread = /^ *\d+: [\dA-F]+:([\dA-F]{4}) ([\dA-F]+):([\dA-F]{4}) [\dA-F]{2} (?!0{8})([\dA-F]{8}):/gm

async function listUnread(): Promise<Map<string, number>> {
  const bytes = new Map<string, number>()
  for (const file of ['/proc/net/tcp', '/proc/net/tcp6']) {
    const text = await readFile(file, 'latin1').catch(() => '')
    for (const [, localPort = '', address = '', remotePort = '', queued = ''] of text.matchAll(unread)) {
      const key = `${parseInt(localPort, 16)} ${toAddress(address)} ${parseInt(remotePort, 16)}`
      bytes.set(key, parseInt(queued, 16))
    }
  }
  return bytes
}

/** `0100007F` is 127.0.0.1: words of four bytes, little-endian as nearly every machine that runs Linux. */
function toAddress(hex: string): string {
  const bytes = (hex.match(/.{8}/g) ?? []).flatMap((word) => (word.match(/../g) ?? []).toReversed())
  if (bytes.length === 4 || /^0{20}ffff/i.test(bytes.join(''))) {
    return bytes
      .slice(-4)
      .map((byte) => parseInt(byte, 16))
      .join('.')
  }
  const groups = Array.from({ length: 8 }, (_, at) => `${bytes[2 * at]}${bytes[2 * at + 1]}`)
  // A URL's host has the one canonical form (RFC 5952), which is Node's too.
  return new URL(`http://[${groups.join(':')}]`).hostname.slice(1, -1)
}
