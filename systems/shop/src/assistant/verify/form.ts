import { contentStems, isFunctionWord, meaningOf, words } from '../words.ts'
import { isEcho } from './echo.ts'
import type { FactBase } from './fact-base.ts'
import { finiteVerbs } from './vocabulary.ts'

const longest = 600

/** Whether a text is one whole sentence that a shop could print, whatever it says: why not, or null. */
export function checkForm(text: string, base: FactBase): string | null {
  if (/https?:|www\.|[<>{}|`#]|!\[|\]\(|@\w/i.test(text)) return 'markup'
  if (text.length > longest) return 'length'
  if (isEcho(text, base)) return 'echo'
  if (!isWhole(text)) return 'incomplete'
  if (repeatsItself(text)) return 'garbled'
  if (text.replace(/[\s\d[\]"”]+$/, '').endsWith('?')) return isOffer.test(text) ? null : 'question'
  return hasVerb(text, base) ? null : 'fragment'
}

/** A question of the assistant to the shopper; any other question is the shopper's own, given back. */
const isOffer =
  /^(?:(?:so|and|or|if [^,?]{1,60}),? )?(?:would you (?:like|prefer)|do you (?:want|need|prefer|have)|are you|shall i|should i|may i|can i|could i)\b/i

/** Begins like a sentence, ends like one, and closes what it opens. */
function isWhole(text: string): boolean {
  // A citation follows what it proves.
  if (/^\s*\[\d+\]/.test(text)) return false
  const bare = text.replaceAll(/\s*\[\d+\]/g, '').trim()
  if (!/^["“'(]?[\p{Lu}\p{N}$€£]/u.test(bare) || !/[.!?][”"')]*$/.test(bare)) return false
  if ((bare.match(/"/g)?.length ?? 0) % 2 !== 0) return false
  if (count(bare, '“') !== count(bare, '”') || count(bare, '(') !== count(bare, ')')) return false
  const last = words(bare).at(-1)
  return last !== undefined && !dangling.has(last.text)
}

/** Nothing ends on these. */
const dangling = new Set(
  'a an the and or but of with from by as than because if is are was were has have its their your my our to'.split(
    ' ',
  ),
)

function count(text: string, mark: string): number {
  return text.split(mark).length - 1
}

/** Three words in a row twice, or one word after itself. */
function repeatsItself(text: string): boolean {
  const all = words(text).map((word) => word.text)
  const seen = new Set<string>()
  for (let i = 0; i < all.length; i++) {
    if (i > 0 && all[i] === all[i - 1] && !/^(?:that|had|the|\d.*)$/.test(all[i] ?? '')) return true
    const three = all.slice(i, i + 3)
    if (three.length < 3 || three.every((word) => isFunctionWord(word))) continue
    const run = three.join(' ')
    if (seen.has(run)) return true
    seen.add(run)
  }
  return false
}

/** Says something of something. What a source says word for word may be as short as it is there. */
function hasVerb(text: string, base: FactBase): boolean {
  const all = words(text)
  if (all.some((word) => finiteVerbs.has(word.text) || /(?:n't|'(?:s|re|ve|ll|d))$/.test(word.text)))
    return true
  const said = contentStems(
    text.replaceAll(/\[\d+\]/g, ' ').replace(/^according to (?:the|its) \p{L}+,?/iu, ''),
  ).join(' ')
  const isVerbatim = base.products.some((product) =>
    product.units.some(
      ({ evidence }) => evidence.kind !== 'attribute' && contentStems(evidence.text).join(' ').includes(said),
    ),
  )
  return isVerbatim || all.some((word) => verbEnding.test(word.text) && isPredicate(word.text, base))
}

const verbEnding = /^[a-z]{3,}(?:s|ed)$/

/** A word that looks like a verb and is none of the catalog's names, values or plurals. */
function isPredicate(word: string, base: FactBase): boolean {
  return !base.products.some((product) => product.row.has(meaningOf(word, base.lexicon)))
}
