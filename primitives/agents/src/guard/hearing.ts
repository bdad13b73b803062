import { parseTemplate } from '../expressions/template.ts'
import type { Scope } from '../expressions/expression.ts'
import { Evidence, worst } from './evidence.ts'
import { readRequest } from './judge.ts'
import type { Answers, Request } from './judge.ts'
import { allOrigins, mayDecide, originsOf } from './origins.ts'
import type { Origin } from './origins.ts'
import type { OriginScope } from './definition-origins.ts'

/** What was judged of a call, as a run keeps it. */
export interface KeptVerdict {
  found?: Readonly<Record<string, string>>
  sameness?: string | null
  deed?: string
}

/** What the model of a tool loop was asked for and has heard since. It is made anew from the journal after a crash, in the same order. */
export class Hearing {
  readonly evidence = new Evidence()
  readonly request: Request
  readonly #approved = new Set<string>()
  readonly #refused: string[] = []

  /** `texts`: the goal and the system's text, as templates. What they take from outside is heard, not asked for. */
  constructor(texts: readonly string[], scope: Scope, origins: OriginScope) {
    const asked: string[] = []
    for (const text of texts) {
      this.evidence.addTrusted(text, 'definition')
      asked.push(text)
      for (const { expression } of parseTemplate(text).expressions) {
        const value = expression.evaluate(scope)
        const all = allOrigins(originsOf(expression.flow, origins))
        const outside = all.filter((origin) => !mayDecide(origin))
        if (outside.length === 0) {
          this.evidence.addTrusted(value, all.includes('user') ? 'user' : 'definition')
          asked.push(typeof value === 'string' ? value : JSON.stringify(value))
        } else for (const origin of outside) this.evidence.add(value, origin)
      }
    }
    this.request = readRequest(asked.join('\n'))
  }

  get answers(): Answers {
    return { approved: this.#approved, refused: this.#refused }
  }

  /** A call was answered: the model reads it in its next turn. */
  heard(tool: string, origin: Origin, args: Readonly<Record<string, unknown>>, value: unknown): void {
    const texts = Object.values(args).filter((arg) => typeof arg === 'string')
    const isNamed = texts.length > 0 && worst(texts.map((text) => this.evidence.find(text))).found === 'user'
    this.evidence.add(value, origin === 'store' ? origin : `tool:${tool}`, { isNamed, tool, args })
  }

  /** A person said yes: what the call decided counts as said by the user in this loop, and calls that are alike pass. */
  approved({ found = {}, sameness = null }: KeptVerdict, args: Readonly<Record<string, unknown>>): void {
    if (sameness !== null) this.#approved.add(sameness)
    for (const name of Object.keys(found)) this.evidence.addConfirmed(args[name])
  }

  refused({ deed }: KeptVerdict): void {
    if (deed !== undefined) this.#refused.push(deed)
  }
}
