import type { Draft, StepDraft } from './draft.ts'
import { layOut } from './flow.ts'
import type { Arrow, Flow, Level } from './flow.ts'
import { cut } from './names.ts'
import type { ImportedEdge, ImportedExpression, ImportedPart, ImportState } from './report.ts'

/** A node of a source as the shared part of imports sees it. */
export interface GraphNode {
  id: string
  title: string
  /** Its kind in the source's words. */
  what: string
  /** The container that it stands in (an iteration). */
  parent?: string
}

export interface MadeStep {
  step: StepDraft
  /** A step that has to run before it and that no other node knows, with its id. */
  before?: StepDraft
  state: ImportState
  note?: string
  /** Exits of the step by the name of the source's output; those not named are the normal end. */
  exits?: Readonly<Record<string, string>>
}

export interface GraphEdge {
  from: string
  to: string
  /** Name of the output at the source. */
  output: string
}

/** Turns the graph of Dify and Flowise into steps: containers become maps, circles are left to a person. */
export class GraphDraft {
  readonly parts: ImportedPart[] = []
  readonly edges: ImportedEdge[] = []
  readonly expressions: ImportedExpression[] = []
  readonly #nodes: ReadonlyMap<string, GraphNode>
  readonly #ids = new Map<string, string>()
  readonly #flow: Flow
  readonly #made = new Map<string, MadeStep>()
  readonly #items = new Map<string, string>()
  /** What nodes write down under a name, in the order in which steps are made. */
  readonly #kept = new Map<string, { node: string; cel: string }[]>()
  readonly #draft: Draft

  constructor(draft: Draft, nodes: readonly GraphNode[], edges: readonly GraphEdge[]) {
    this.#draft = draft
    this.#nodes = new Map(nodes.map((node) => [node.id, node]))
    for (const { id, title } of nodes) this.#ids.set(id, draft.ids.take(title || id))
    const known = edges.filter((edge) => {
      const isKnown = this.#nodes.has(edge.from) && this.#nodes.has(edge.to)
      if (!isKnown)
        this.edges.push({
          from: edge.from,
          to: edge.to,
          state: 'by-hand',
          note: 'The file has no such node.',
        })
      return isKnown
    })
    const inside = (container: string): string[] =>
      nodes.filter(({ id }) => this.#isIn(id, container)).map(({ id }) => id)
    this.#flow = layOut(
      nodes.map(({ id }) => id),
      known.map((edge) => ({ from: edge.from, to: edge.to, exit: edge.output })),
      {
        exitOf: () => null,
        bodyOf: (id) => inside(id),
      },
    )
  }

  #isIn(id: string, container: string): boolean {
    for (
      let at = this.#nodes.get(id)?.parent, deep = 0;
      at !== undefined && deep < 20;
      at = this.#nodes.get(at)?.parent, deep++
    )
      if (at === container) return true
    return false
  }

  /** Id of the step that a node became. */
  idOf(node: string): string {
    return this.#ids.get(node)!
  }

  has(node: string): boolean {
    return this.#nodes.has(node)
  }

  /** CEL of what a node gave out, as seen from another; null where it cannot be seen. */
  output(node: string, from: string): string | null {
    const around = this.#flow.around.get(from) ?? []
    const own = this.#flow.around.get(node)
    if (own === undefined || !own.every((loop, at) => around[at] === loop)) return null
    return `steps.${this.idOf(node)}.output`
  }

  /** What an item is called inside of a container; null outside of it. */
  item(container: string, from: string): string | null {
    return (this.#flow.around.get(from) ?? []).includes(container)
      ? (this.#items.get(container) ?? null)
      : null
  }

  /** What the innermost item around a node is called; null outside of containers. */
  around(node: string): string | null {
    const container = this.#flow.around.get(node)?.at(-1)
    return container === undefined ? null : (this.#items.get(container) ?? null)
  }

  /** An id for a step that a node needs besides its own. */
  idBeside(node: string, what: string): string {
    return this.#draft.ids.take(`${this.idOf(node)}_${what}`)
  }

  /** Says that a node writes a value down under a name, for the nodes after it. */
  keep(node: string, name: string, cel: string): void {
    this.#kept.set(name, [...(this.#kept.get(name) ?? []), { node, cel }])
  }

  /** CEL of what was last written under a name before a node: of what leads to it, the last that ran; else `first`. */
  kept(name: string, from: string, first: string): string {
    const before = this.#before(from)
    return (this.#kept.get(name) ?? [])
      .filter(({ node }) => before.has(node) && this.output(node, from) !== null)
      .reduce((rest, { node, cel }) => `(has(steps.${this.idOf(node)}) ? ${cel} : ${rest})`, first)
  }

  /** All nodes that lead to one, those before the containers around it too. */
  #before(node: string): Set<string> {
    const found = new Set<string>()
    const open = [node, ...(this.#flow.around.get(node) ?? [])]
    for (let at = open.pop(); at !== undefined; at = open.pop())
      for (const { from } of this.#arrowsTo(at))
        if (!found.has(from)) {
          found.add(from)
          open.push(from)
        }
    return found
  }

  /** CEL of the output of what leads to a node: of several, the first that ran. */
  incoming(node: string): string {
    const before = [...new Set(this.#arrowsTo(node).map(({ from }) => from))].filter(
      (from) => this.output(from, node) !== null,
    )
    if (before.length === 0) return 'input'
    return before
      .slice(0, -1)
      .reduceRight(
        (rest, from) => `(has(steps.${this.idOf(from)}) ? ${this.output(from, node)!} : ${rest})`,
        this.output(before.at(-1)!, node)!,
      )
  }

  #arrowsTo(node: string): Arrow[] {
    const all: Arrow[] = []
    const visit = (level: Level): void => {
      all.push(...level.arrows.filter(({ to }) => to === node))
      for (const inner of level.inner.values()) visit(inner)
    }
    visit(this.#flow)
    return all
  }

  /** Makes all steps. `make` is asked for each node in an order in which what leads to it comes before; `over` gives the list of a container. */
  steps(
    make: (node: string) => MadeStep,
    over: (container: string) => { cel: string; note?: string; result?: unknown },
  ): StepDraft[] {
    const built = this.#level(this.#flow, make, over)
    const exit = (arrow: Arrow): string | null =>
      arrow.exit === null ? null : (this.#made.get(arrow.from)?.exits?.[arrow.exit] ?? null)
    const visit = (level: Level): void => {
      for (const arrow of level.arrows) {
        const named = exit(arrow)
        this.edges.push({
          from: `nodes/${arrow.from}`,
          to: `nodes/${arrow.to}`,
          state: 'mapped',
          ...(named === null ? {} : { exit: named }),
        })
      }
      for (const inner of level.inner.values()) visit(inner)
    }
    visit(this.#flow)
    for (const { from, to } of this.#flow.inside)
      this.edges.push({ from: `nodes/${from}`, to: `nodes/${to}`, state: 'inside' })
    for (const { from, to } of this.#flow.left)
      this.edges.push({
        from: `nodes/${from}`,
        to: `nodes/${to}`,
        state: 'by-hand',
        note: 'It leads back, or into the middle of a loop: a draft has no circles.',
      })
    return built
  }

  #level(
    level: Level,
    make: (node: string) => MadeStep,
    over: (container: string) => { cel: string; note?: string; result?: unknown },
  ): StepDraft[] {
    return level.nodes.flatMap((id) => {
      const node = this.#nodes.get(id)!
      const inner = level.inner.get(id)
      const made = inner ? this.#mapOver(id, inner, make, over) : make(id)
      this.#made.set(id, made)
      const after = new Set<string>()
      for (const arrow of level.arrows) {
        if (arrow.to !== id) continue
        const exit = arrow.exit === null ? undefined : this.#made.get(arrow.from)?.exits?.[arrow.exit]
        after.add(exit === undefined ? this.idOf(arrow.from) : `${this.idOf(arrow.from)}/${exit}`)
      }
      this.parts.push({
        place: `nodes/${id}`,
        what: node.what,
        state: made.state,
        step: [...(this.#flow.around.get(id) ?? []).map((each) => this.idOf(each)), this.idOf(id)].join('.'),
        ...(made.before === undefined ? {} : { before: String(made.before['id']) }),
        ...(made.note === undefined ? {} : { note: made.note }),
      })
      const title = cut(node.title, 120) || this.idOf(id)
      const led = after.size > 0 ? { after: [...after].slice(0, 50) } : {}
      return [
        ...(made.before === undefined ? [] : [{ title, ...made.before, ...led } as StepDraft]),
        {
          id: this.idOf(id),
          title,
          ...made.step,
          ...(made.before === undefined ? led : { after: [String(made.before['id'])] }),
          ...(made.note === undefined ? {} : { note: cut(made.note, 4_000) }),
        } as StepDraft,
      ]
    })
  }

  #mapOver(
    id: string,
    inner: Level,
    make: (node: string) => MadeStep,
    over: (container: string) => { cel: string; note?: string; result?: unknown },
  ): MadeStep {
    const depth = (this.#flow.around.get(id) ?? []).length
    const item = depth === 0 ? 'item' : `item_${depth + 1}`
    this.#items.set(id, item)
    const list = over(id)
    const steps = this.#level(inner, make, over)
    return {
      step: {
        kind: 'map',
        over: list.cel,
        as: item,
        concurrency: 1,
        steps,
        ...(list.result === undefined ? {} : { result: list.result }),
      },
      state: list.note === undefined ? 'mapped' : 'approximated',
      ...(list.note === undefined ? {} : { note: list.note }),
    }
  }
}
