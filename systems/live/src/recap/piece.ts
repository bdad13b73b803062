import { partitionPoint } from '@heavylift/core/math'

/** A stretch of video that is shown whole or not at all: a segment of a stream, the pictures from one key frame to the next. */
export interface Piece {
  /** Wall time of its first picture, milliseconds since the epoch. */
  startMs: number
  durationMs: number
  /** Decoding begins anew here (EXT-X-DISCONTINUITY), so no cut may run across its start. */
  isBreak: boolean
}

/** Pieces of one length over a span, for a match without video; the last may be shorter. */
export function evenPieces(fromMs: number, toMs: number, lengthMs: number): Piece[] {
  const pieces: Piece[] = []
  for (let startMs = fromMs; startMs < toMs; startMs += lengthMs)
    pieces.push({ startMs, durationMs: Math.min(lengthMs, toMs - startMs), isBreak: false })
  return pieces
}

/** Index of the last piece that starts at or before a time; -1 before the first. Pieces are in order of time. */
export function pieceAt(pieces: readonly Piece[], atMs: number): number {
  return partitionPoint(pieces.length, (index) => pieces[index]!.startMs <= atMs) - 1
}
