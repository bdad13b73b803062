import type { Topic } from '../domain/constraints.ts'
import type { PolicySection } from '../domain/ports.ts'
import { fold } from '../language/fold.ts'
import type { Lexicon } from '../language/lexicon.ts'
import { contentStems, sentences, words } from './words.ts'

/** The words by which rules are told to be about a topic, in the store's language. */
export function topicWords(topic: Topic, lexicon: Lexicon): string {
  const line = lexicon.language.topicLines.find((each) => each.slice(0, each.indexOf('=')).trim() === topic)
  return line === undefined ? topic : line.slice(line.indexOf('=') + 1).trim()
}

/** Rules that are about what was asked: by their name, else by a sentence that holds two of its words. A word in passing is not enough. */
export function rulesOn(
  topic: Topic | null,
  question: string,
  rules: readonly PolicySection[],
  lexicon: Lexicon,
): PolicySection[] {
  const wanted = new Set(contentStems(topic === null ? question : topicWords(topic, lexicon), lexicon))
  const count = (text: string) => new Set(contentStems(text, lexicon).filter((word) => wanted.has(word))).size
  const asked = new Set(contentStems(question, lexicon))
  const name = (rule: PolicySection) => `${rule.section.replaceAll('-', ' ')} ${rule.title}`
  const isAsked = (rule: PolicySection) => contentStems(name(rule), lexicon).some((word) => asked.has(word))
  const byName = rules.filter((rule) => count(name(rule)) > 0)
  if (byName.length)
    return byName.toSorted(
      (a, b) =>
        Number(isAsked(b)) - Number(isAsked(a)) ||
        // The rule on returns comes before the one on refunds.
        Number(b.section === topic) - Number(a.section === topic) ||
        count(name(b)) - count(name(a)),
    )
  const told = rules.filter((rule) => sentences(rule.text).some((sentence) => count(sentence) >= 2))
  // "Do you wrap gifts?" is asked of the store in words of its own.
  return told.length > 0 || topic !== 'store' ? told : rulesOn(null, question, rules, lexicon)
}

/** A rule of so many characters is told as a whole where nothing tells which part of it is asked for. */
export const mostOfRule = 400
const mostSentences = 3

/**
 * At most three sentences of a rule, those that bear on the question, in the order of the rule. A word that is part of one ("Raten" of
 * "Ratenzahlung") bears on it.
 */
export function excerptOf(rule: PolicySection, question: string, lexicon: Lexicon): string {
  const asked = words(question).flatMap(({ text }) => {
    const [stem] = contentStems(text, lexicon)
    return stem === undefined ? [] : { stem, word: fold(text) }
  })
  const all = sentences(rule.text).map((text) => text.trim())
  const scored = all.map((text, at) => {
    const stems = new Set(contentStems(text, lexicon))
    const held = words(text).map((one) => fold(one.text))
    const isHeld = ({ stem, word }: (typeof asked)[number]): boolean =>
      stems.has(stem) || (word.length >= leastPart && held.some((each) => each.startsWith(word)))
    return { text, at, score: asked.filter(isHeld).length }
  })
  if (scored.every(({ score }) => score === 0) && rule.text.length <= mostOfRule) return rule.text
  return scored
    .toSorted((a, b) => b.score - a.score || a.at - b.at)
    .slice(0, mostSentences)
    .toSorted((a, b) => a.at - b.at)
    .map(({ text }) => text)
    .join(' ')
}

/** Letters of a word that begins another and means the same there. */
const leastPart = 4
