import type { ToolSource } from './tools/tool.ts'

/** What another system gives to agents: tools of its own, and agents to begin with. */
export interface AgentOffer {
  /** Its name is what `from` says, with no colon: the system's. */
  source: ToolSource
  /** Definitions in YAML that use it; they stand among the templates and the samples. */
  templates: readonly string[]
}

/** Where systems say what they offer. They start beside the agents, so it may be empty at first: ask at each use. */
export class AgentOffers {
  readonly #offers = new Map<string, AgentOffer>()

  /** The last offer of a name counts. */
  offer(offer: AgentOffer): void {
    this.#offers.set(offer.source.name, offer)
  }

  source(name: string): ToolSource | null {
    return this.#offers.get(name)?.source ?? null
  }

  sources(): ToolSource[] {
    return [...this.#offers.values()].map(({ source }) => source)
  }

  templates(): string[] {
    return [...this.#offers.values()].flatMap(({ templates }) => templates)
  }
}

/** What agents give a system. */
export interface AgentServices {
  agents: Pick<AgentOffers, 'offer'>
}
