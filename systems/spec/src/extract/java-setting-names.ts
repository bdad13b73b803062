import { shown } from '../facts/expression.ts'
import type { Atom } from '../facts/condition.ts'
import type { Answer } from './observation.ts'

/** `gate.getDoor().isOpen()`, and its fields. */
const getters = /^(\w+)(?:\.(?:\w+|(?:is|get)[A-Z]\w*\(\)))+$/

/** Whether an atom asks for what a setting of Java says: by its name in `@Value` and `@ConfigProperty`, or by what a class of settings gives, as the code has it that answers. */
export function asksJavaSetting(answers: readonly Answer[]): (atom: Atom) => boolean {
  const texts = [
    ...new Set(answers.flatMap(({ site, through }) => [site, ...through].map(({ module }) => module))),
  ].flatMap(({ language, text }) => (language === 'java' ? [text] : []))
  return ({ subject }) => {
    if (texts.length === 0) return false
    const text = shown(subject)
    const isNamed = texts.some(
      (one) =>
        one.includes(`\${${text}}`) ||
        one.includes(`\${${text}:`) ||
        (one.includes('@ConfigProperty') && one.includes(`"${text}"`)),
    )
    if (isNamed && /^[\w-]+(?:\.[\w-]+)*$/.test(text)) return true
    const holder = getters.exec(text)?.[1]
    return (
      holder !== undefined &&
      texts.some((one) =>
        new RegExp(String.raw`\b[A-Z]\w*(?:Properties|Settings|Config|Configuration)\s+${holder}\b`).test(
          one,
        ),
      )
    )
  }
}
