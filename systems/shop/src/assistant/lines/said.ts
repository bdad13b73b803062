import { withoutElision } from '../../language/elision.ts'
import { fold } from '../../language/fold.ts'
import type { Lexicon } from '../../language/lexicon.ts'
import { areForms, isFunctionWord, meaningOf, words } from '../words.ts'

/** A word as it is said, its stem and what it means; `at`: its place among all words of the text. */
export interface Said {
  word: string
  stem: string
  meaning: string
  at: number
}

/** The words of a text that say something of their own. */
export const saidIn = (text: string, lexicon: Lexicon): Said[] =>
  words(text).flatMap((whole, at) =>
    isFunctionWord(whole.text, lexicon)
      ? []
      : whole.text
          .split('-')
          .filter((word) => word !== '')
          .map((word) => {
            const bare = fold(withoutElision(word, lexicon.language.code))
            return { word: bare, stem: lexicon.stem(bare), meaning: meaningOf(word, lexicon), at }
          }),
  )

/** Whether two words are the same, or mean the same. */
export const isSame = (one: Said, other: Said): boolean =>
  one.meaning === other.meaning || one.stem === other.stem

/** A part of a word that stands for itself has as many letters at least: `helm` of `fietshelm`. */
const leastPart = 4
/** More letters behind a word make another of it. */
const longestEnding = 5
/** What can be done with a thing, as "lavable" of "laver" says it in seven languages. */
const ability = /^[aeiu]{0,2}(?:b(?:le|il|el|ar|aar)|vel|vole)/

/** So many letters of a root tell it, and no more stand behind it in another word of it: "fold" of "folding", in "folder". */
const leastRoot = 4
const longestRest = 3

const isOfRoot = ({ stem }: Said, { word }: Said): boolean =>
  stem.length >= leastRoot && word.startsWith(stem) && word.length - stem.length <= longestRest

/** Whether two words are of one root ("laver", "lavable"), or one stands within the other ("fietshelm"). */
export function isFormOf(asked: Said, held: Said): boolean {
  if (areForms(asked.stem, held.stem) || isOfRoot(asked, held) || isOfRoot(held, asked)) return true
  const [short, long] = asked.word.length <= held.word.length ? [asked, held] : [held, asked]
  if (short.stem.length < leastPart - 1) return false
  const at = long.word.indexOf(short.stem)
  const ending = long.word.slice(at + short.stem.length)
  if ((at === 0 || (at > 0 && short.stem.length >= leastPart)) && ability.test(ending)) return true
  if (short.stem.length < leastPart) return false
  return long.stem.endsWith(short.stem) || (at === 0 && ending.length <= longestEnding)
}
