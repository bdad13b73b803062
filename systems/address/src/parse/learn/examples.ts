import { coarseLabel, fineLabels } from '../../domain/labels.ts'
import type { FineLabel } from '../../domain/labels.ts'
import { writeOut } from '../../domain/labelled-address.ts'
import type { LabelledAddress } from '../../domain/labelled-address.ts'
import type { Span } from '../../domain/parsed-address.ts'
import { contextFeatures, describeWord, featureAt, maxContextFeatures, readSequence } from '../features.ts'
import type { Sequence, Word } from '../features.ts'
import type { Places } from '../places.ts'
import { tokenize } from '../tokenize.ts'
import type { Example } from './train-crf.ts'

const anyLabel = 2 ** fineLabels.length - 1

const bitsOf = new Map<string, { fine: number; coarse: number }>(
  fineLabels.map((label, at) => [
    label,
    {
      fine: 1 << at,
      coarse: fineLabels.reduce(
        (bits, one, bit) => bits | (coarseLabel(one) === coarseLabel(label) ? 1 << bit : 0),
        0,
      ),
    },
  ]),
)

/** The piece that each token lies in, by the first of its letters; null for a token between pieces. */
export function pieceOfToken(tokens: readonly Span[], pieces: readonly Span[]): (number | null)[] {
  let piece = 0
  return tokens.map(({ start, text }) => {
    const from = start + Math.max(0, text.search(/[\p{L}\p{N}#&]/u))
    while (piece < pieces.length && (pieces[piece] as Span).end <= from) piece++
    return piece < pieces.length && (pieces[piece] as Span).start <= from ? piece : null
  })
}

/** Turns labelled addresses into what the trainer learns from. */
export class ExampleMaker {
  readonly #places: Places
  readonly #words = new Map<string, Word>()
  readonly #buffer = new Int32Array(maxContextFeatures)

  constructor(places: Places) {
    this.#places = places
  }

  readonly #wordOf = (text: string): Word => {
    let word = this.#words.get(text)
    if (!word) {
      if (this.#words.size > 200_000) this.#words.clear()
      word = describeWord(text)
      this.#words.set(text, word)
    }
    return word
  }

  /** With `isCoarse`, a label stands for all that are the same in the coarse space. */
  make(address: LabelledAddress, isCoarse = false): Example {
    const { text, spans } = writeOut(address)
    const tokens = tokenize(text)
    const sequence = readSequence(text, tokens, this.#places, this.#wordOf)
    const allowed = Uint32Array.from(pieceOfToken(tokens, spans), (piece) => {
      if (piece === null) return anyLabel
      const bits = bitsOf.get(address.pieces[piece]?.label as FineLabel)
      return bits ? (isCoarse ? bits.coarse : bits.fine) : anyLabel
    })
    return { features: tokens.map((_, at) => this.#features(sequence, at)), breaks: sequence.breaks, allowed }
  }

  #features(sequence: Sequence, at: number): Int32Array {
    const { words } = sequence
    const own = words[at] as Word
    const [before, after] = [words[at - 1], words[at + 1]]
    const count = contextFeatures(sequence, at, this.#buffer)
    return Int32Array.from([
      ...Array.from(own.own, (feature) => featureAt(feature, 0)),
      ...Array.from(before?.toNext ?? [], (feature) => featureAt(feature, -1)),
      ...Array.from(after?.toNext ?? [], (feature) => featureAt(feature, 1)),
      ...this.#buffer.subarray(0, count),
    ])
  }
}
