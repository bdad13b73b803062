import { z } from 'zod'

/** One process: a number is given again to another, so when it started belongs to it. */
export const processSchema = z.strictObject({
  pid: z.int().min(2),
  /** As `processStart` gives it. */
  start: z.string().min(1).max(100),
})

export type ProcessRef = z.output<typeof processSchema>

/** What a fault at a process, or at this machine, does until its lease is over. */
export const processFaultSchema = z.discriminatedUnion('kind', [
  /** SIGKILL. Nothing is undone: whoever looks after the process starts it again. */
  z.strictObject({ kind: z.literal('kill') }),
  /** SIGSTOP, then SIGCONT. */
  z.strictObject({ kind: z.literal('pause') }),
  /** Files of the process cannot grow beyond so many bytes: writing fails as on a full disk, for this process only. */
  z.strictObject({ kind: z.literal('file-size'), bytes: z.int().min(0).default(0) }),
  /** The process can open so many files and sockets at once. */
  z.strictObject({ kind: z.literal('file-handles'), count: z.int().min(1).max(1_000_000) }),
  /** So many processors of this machine are kept busy. */
  z.strictObject({ kind: z.literal('cpu'), workers: z.int().min(1).max(64) }),
  /** So much memory of this machine is taken; half a gigabyte is always left. */
  z.strictObject({ kind: z.literal('memory'), bytes: z.int().min(1) }),
  /** A file that fills the disk of a folder, but for a gigabyte. */
  z.strictObject({
    kind: z.literal('disk'),
    folder: z.string().min(1).max(4000),
    bytes: z.int().min(1).max(100_000_000_000),
  }),
  /** Another time for a process that reads its offset from a file: libfaketime's FAKETIME_TIMESTAMP_FILE, or an injected clock. */
  z.strictObject({
    kind: z.literal('clock'),
    file: z.string().min(1).max(4000),
    offsetSeconds: z.number().min(-1e9).max(1e9),
  }),
])

export type ProcessFault = z.output<typeof processFaultSchema>
