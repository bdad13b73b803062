import type { Insight } from '../../src/domain/insight.ts'
import type { Tag } from '../../src/domain/tag.ts'
import type { InsightEntry, InsightResult } from '../../src/routes/answers.ts'

/** What is known of a match: insights in their newest revision with what came of them, and tags. Oldest first. */
export interface Book {
  insights: readonly InsightEntry[]
  tags: readonly Tag[]
}

/** Insights and tags that one page holds, by id. */
export class InsightBook {
  readonly #insights = new Map<string, InsightEntry>()
  readonly #tags = new Map<string, Tag>()
  /** Results that came before their insight. */
  readonly #early = new Map<string, InsightResult>()
  #sorted: Book | null = null

  /** An older revision than the one known changes nothing. */
  takeInsight(insight: Insight, outcome: InsightResult | null = null): void {
    const known = this.#insights.get(insight.id)
    const isOlder = known !== undefined && known.insight.revision > insight.revision
    this.#insights.set(insight.id, {
      insight: isOlder ? known.insight : insight,
      outcome: outcome ?? known?.outcome ?? this.#early.get(insight.id) ?? null,
    })
    this.#sorted = null
  }

  takeResult(insightId: string, outcome: InsightResult): void {
    const known = this.#insights.get(insightId)
    if (known) this.#insights.set(insightId, { insight: known.insight, outcome })
    else this.#early.set(insightId, outcome)
    this.#sorted = null
  }

  takeTag(tag: Tag): void {
    this.#tags.set(tag.id, tag)
    this.#sorted = null
  }

  read(): Book {
    this.#sorted ??= {
      insights: [...this.#insights.values()].toSorted((a, b) => timeOf(a) - timeOf(b)),
      tags: [...this.#tags.values()].toSorted((a, b) => a.startMs - b.startMs),
    }
    return this.#sorted
  }
}

export const timeOf = ({ insight }: InsightEntry): number => insight.clocks.eventTimeMs

/** The newest of a kind that was known at a time; null without one. */
export function newestOf(
  book: Book,
  kind: string,
  atMs: number,
  isMeant: (insight: Insight) => boolean = () => true,
): InsightEntry | null {
  return (
    book.insights.findLast(
      (entry) => entry.insight.kind === kind && timeOf(entry) <= atMs && isMeant(entry.insight),
    ) ?? null
  )
}
