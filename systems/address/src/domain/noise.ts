import type { Random } from '@heavylift/core'
import type { LabelledAddress, LabelledPiece } from './labelled-address.ts'

/** `bare`: no punctuation and one case; `typo`: a slip in a quarter of the words; `both`. */
export const noises = ['none', 'bare', 'typo', 'both'] as const
export type Noise = (typeof noises)[number]

/** Share of the words of three letters and more that `typo` puts a slip into. */
const typoRate = 0.25

/** One slip of the keyboard: two letters swapped, one left out, doubled or changed. */
export function slip(word: string, random: Random): string {
  const at = random.int(0, word.length - 2)
  switch (random.int(0, 3)) {
    case 0:
      return word.slice(0, at) + (word[at + 1] as string) + (word[at] as string) + word.slice(at + 2)
    case 1:
      return word.slice(0, at) + word.slice(at + 1)
    case 2:
      return word.slice(0, at + 1) + word.slice(at)
    default:
      return word.slice(0, at) + String.fromCharCode(random.int(97, 122)) + word.slice(at + 1)
  }
}

const isWord = (text: string) => /^\p{L}{3,}[.,;)]*$/u.test(text)

/**
 * A labelled address as somebody careless would have written it. With `bare`, pieces that are punctuation alone (`#`) are gone, the rest
 * stands on one line in lower or upper case.
 */
export function addNoise(address: LabelledAddress, noise: Noise, random: Random): LabelledAddress {
  let { pieces, gaps } = address
  if (noise === 'bare' || noise === 'both') {
    const isUpper = random.chance(0.5)
    const kept: LabelledPiece[] = []
    for (const { text, label } of pieces) {
      const bare = text.replaceAll(/[.,;:()"'’#]/g, '').trim()
      if (bare !== '') kept.push({ text: isUpper ? bare.toUpperCase() : bare.toLowerCase(), label })
    }
    pieces = kept
    gaps = ['', ...kept.map((_, at) => (at === kept.length - 1 ? '' : ' '))]
  }
  if (noise === 'typo' || noise === 'both')
    pieces = pieces.map((piece) =>
      isWord(piece.text) && random.chance(typoRate) ? { ...piece, text: slip(piece.text, random) } : piece,
    )
  return { pieces, gaps }
}
