import type { PolicyRule } from '../definition/definition.ts'
import { compile } from '../expressions/expression.ts'
import type { Scope } from '../expressions/expression.ts'

export type RuleVerdict = 'allow' | 'ask' | 'refuse'

export interface Ruling {
  verdict: RuleVerdict
  /** The rule that decided. */
  rule: string
  because: string
}

/**
 * What holds where nobody says otherwise. `chosen` holds, by what arguments decide, where their values were found (`Found`); texts and times are
 * not among them. The first rule that is true decides; none means that the call is allowed.
 */
export const defaultPolicy: readonly PolicyRule[] = [
  {
    id: 'looks_only',
    when: 'tool.effect == "none" && chosen.urls.all(c, c in ["user", "store"])',
    verdict: 'allow',
  },
  {
    id: 'in_no_record',
    when: 'call.readStore && "nowhere" in chosen.all',
    verdict: 'refuse',
    because: 'What is decided here was said by nobody and is in no record that was looked at.',
  },
  {
    id: 'another_was_named',
    when: 'call.readStore && call.namedAnother && tool.effect != "none"',
    verdict: 'refuse',
    because:
      'The user named another record of those that were looked at, and nothing looked for leads to this one.',
  },
  {
    id: 'worked_out_over_records',
    when: 'call.readStore && "worked-out" in chosen.all && !chosen.all.all(c, c in ["user", "store", "worked-out"])',
    verdict: 'ask',
    because: 'What is decided was worked out.',
  },
  {
    id: 'nothing_from_outside',
    when: '!call.readOutside',
    verdict: 'allow',
  },
  {
    id: 'refused_before',
    when: 'call.wasRefused && (chosen.all + chosen.links).exists(c, c != "user")',
    verdict: 'refuse',
    because: 'A person refused this call in this run, or three others.',
  },
  {
    id: 'url_from_outside',
    when: 'chosen.urls.exists(c, c in ["outside", "nowhere"] || c != "user" && c != "store" && !call.isAskedFor)',
    verdict: 'refuse',
    because: 'Text from outside chose the address.',
  },
  {
    id: 'chosen_by_outside',
    when: '"outside" in chosen.all && tool.effect != "none"',
    verdict: 'refuse',
    because: 'Text from outside chose to whom, what or how much.',
  },
  {
    id: 'recipient_in_text',
    when: 'tool.effect in ["reversible", "outside"] && "document" in (chosen.recipients + chosen.urls) && !("user" in (chosen.all + chosen.contents)) && !call.isHandedOver',
    verdict: 'refuse',
    because: 'A text from outside says who gets it, and nothing of the call was named by the user.',
  },
  {
    id: 'made_up',
    when: 'chosen.all.exists(c, c in ["nowhere", "worked-out"]) && !chosen.all.exists(c, c in ["user", "store", "meant", "record"])',
    verdict: 'refuse',
    because: 'What is decided here was said by nobody and is in no record.',
  },
  {
    id: 'secret_not_from_user',
    when: 'chosen.secrets.exists(c, c != "user")',
    verdict: 'refuse',
    because: 'A secret is set only to what the user said.',
  },
  {
    id: 'not_asked_for',
    when: '!call.isAskedFor && chosen.all.exists(c, !(c in ["user", "store"]))',
    verdict: 'refuse',
    because: 'Nobody asked for such a deed, and what it decides does not come from the user.',
  },
  {
    id: 'deed_not_asked_for',
    when: '!call.isAskedFor',
    verdict: 'ask',
    because: 'The request does not say that this should be done, and text from outside has been read.',
  },
  {
    id: 'another_was_named_outside',
    when: 'call.namedAnother && tool.effect != "none"',
    verdict: 'ask',
    because: 'The user named another record of those that were read.',
  },
  {
    // "Ask the one with the fewest tickets": a record that no text names gets what the user wrote, word for word.
    id: 'own_words_to_a_record',
    when: '"tell" in call.deeds && call.isAskedFor && chosen.contents.size() > 0 && chosen.contents.all(c, c == "user") && chosen.all.all(c, c in ["user", "store", "meant", "record"]) && tool.effect != "money"',
    verdict: 'allow',
  },
  {
    id: 'recipient_not_from_user',
    when: '(chosen.recipients + chosen.urls).exists(c, !(c in ["user", "store", "meant"])) || tool.effect == "money" && "meant" in chosen.recipients || "meant" in chosen.urls',
    verdict: 'ask',
    because: 'The one who gets it is not one that the user named.',
  },
  {
    // The difference, the half, the sum: to one whom the user named, not more than stands in a record, and named by no text.
    id: 'value_worked_out',
    when: '"worked-out" in chosen.all && !(chosen.amounts.all(c, c in ["user", "store", "meant", "record", "worked-out"]) && chosen.recipients.size() > 0 && chosen.recipients.all(c, c == "user"))',
    verdict: 'ask',
    because: 'What is decided was worked out.',
  },
  {
    id: 'value_not_from_record',
    when: 'chosen.all.exists(c, c in ["nowhere", "named-record", "document"])',
    verdict: 'ask',
    because: 'What is decided was worked out, or stands in text from outside.',
  },
  {
    id: 'link_from_outside',
    when: 'tool.effect in ["outside", "money"] && chosen.links.exists(c, !(c in ["user", "store"]))',
    verdict: 'ask',
    because: 'It carries a link or an address that comes from text from outside.',
  },
]

/** The first rule that is true. A rule that fails refuses: what cannot be judged is not done. Null where none is true. */
export function firstTrue(rules: readonly PolicyRule[], facts: Scope): Ruling | null {
  for (const { id, when, verdict, because } of rules) {
    let holds: unknown
    try {
      holds = compile(when).evaluate(facts)
    } catch (error) {
      return { verdict: 'refuse', rule: id, because: `The rule "${id}" failed: ${(error as Error).message}` }
    }
    if (holds === true) return { verdict, rule: id, because: because ?? `The rule "${id}" says so.` }
  }
  return null
}

const strictness: readonly RuleVerdict[] = ['allow', 'ask', 'refuse']

/** The strictest of several: what an agent that was called may do is what each of its callers may do, too. */
export function strictest(rulings: readonly Ruling[]): Ruling {
  return rulings.reduce(
    (most, ruling) => (strictness.indexOf(ruling.verdict) > strictness.indexOf(most.verdict) ? ruling : most),
    rulings[0] ?? allowed,
  )
}

export const allowed: Ruling = { verdict: 'allow', rule: 'otherwise', because: 'No rule speaks against it.' }

/**
 * One agent's ruling. Its definition may allow what the tenant's policy asks for, and may be stricter; what that policy refuses stays refused.
 */
export function ruleFor(
  { tenant, definition }: { tenant: readonly PolicyRule[]; definition: readonly PolicyRule[] },
  facts: Scope,
): Ruling {
  const base = firstTrue(tenant, facts) ?? allowed
  if (base.verdict === 'refuse') return base
  return firstTrue(definition, facts) ?? base
}
