import type { Random } from '@heavylift/core'

/**
 * Words out of a template: `{a|b|c}` is one of them (empty ones too, and nested), `<name>` is a fact. Throws a `RangeError` for a fact that
 * is not given, since a sample must not show a hole.
 */
export function expand(random: Random, template: string, facts: Readonly<Record<string, string>>): string {
  let text = template
  for (let inner = /\{([^{}]*)\}/.exec(text); inner !== null; inner = /\{([^{}]*)\}/.exec(text))
    text =
      text.slice(0, inner.index) +
      random.pick(inner[1]!.split('|')) +
      text.slice(inner.index + inner[0].length)
  return text
    .replaceAll(/<(\w+)>/g, (_, name: string) => {
      const fact = facts[name]
      if (fact === undefined) throw new RangeError(`The template needs <${name}>.`)
      return fact
    })
    .replaceAll(/ {2,}/g, ' ')
    .replaceAll(/ ([,.;!?])/g, '$1')
    .trim()
}

/** The text with `share` of its longer words misspelt as people do: a letter doubled, left out, or two swapped. */
export function misspell(random: Random, text: string, share: number): string {
  return text.replaceAll(/[a-z]{4,}/gi, (word) => {
    if (!random.chance(share)) return word
    const at = random.int(1, word.length - 2)
    const how = random.int(0, 2)
    if (how === 0) return word.slice(0, at) + word.slice(at + 1)
    if (how === 1) return word.slice(0, at) + word[at]! + word.slice(at)
    return word.slice(0, at) + word[at + 1]! + word[at]! + word.slice(at + 2)
  })
}
