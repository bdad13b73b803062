import { text } from '../json.ts'
import { InvalidInputError } from '@heavylift/core'
import type { ZodError } from 'zod'
import { atom, choose, compound } from '../js/cel-value.ts'
import type { Cel } from '../js/cel-value.ts'
import { Draft } from '../draft.ts'
import type { StepDraft } from '../draft.ts'
import { layOut } from '../flow.ts'
import type { Arrow, Flow, Level } from '../flow.ts'
import { cut } from '../names.ts'
import type { Imported, ImportedEdge, ImportedExpression, ImportedPart } from '../report.ts'
import { n8nNames } from './names.ts'
import { answersUnder, wrapped } from './model-nodes.ts'
import { stepOf } from './nodes.ts'
import type { NodeStep } from './node-step.ts'
import { isTrigger, triggersOf } from './triggers.ts'
import { Values } from './values.ts'
import { baseOf, n8nWorkflow } from './workflow.ts'
import type { N8nNode, N8nWorkflow } from './workflow.ts'

interface Link {
  from: string
  to: string
  /** `main`, `ai_tool`, `ai_languageModel` … */
  type: string
  output: number
  input: number
}

/**
 * A workflow of n8n as a draft. Nothing is run: expressions are parsed and written as CEL, JavaScript becomes code that a person has to
 * read first. The draft works on one item where n8n hands on lists of them; its loops over batches become maps.
 *
 * @throws InvalidInputError `import-not-n8n`
 */
export function importN8n(value: unknown): Imported {
  const read = n8nWorkflow.safeParse(value)
  if (!read.success)
    throw new InvalidInputError({
      code: 'import-not-n8n',
      message: `This is no workflow of n8n: ${missingIn(read.error)}. Export it in n8n by "Download".`,
    })
  return new N8nImport(read.data).result()
}

function missingIn(error: ZodError): string {
  const [list, at, field] = error.issues[0]?.path ?? []
  return list === 'nodes' && typeof at === 'number'
    ? `node ${at + 1} has no ${field === undefined ? 'name and type' : String(field)}`
    : 'it has no list of nodes with names and types'
}

class N8nImport {
  readonly #workflow: N8nWorkflow
  readonly #draft = new Draft()
  readonly #nodes = new Map<string, N8nNode>()
  readonly #links: Link[] = []
  readonly #ids = new Map<string, string>()
  readonly #steps = new Map<string, NodeStep>()
  readonly #parts: ImportedPart[] = []
  readonly #edges: ImportedEdge[] = []
  readonly #expressions: ImportedExpression[] = []
  readonly #loopItems = new Map<string, string>()
  readonly #outputs = new Map<string, Cel | null>()
  /** Nodes that no trigger leads to: n8n never runs them. */
  readonly #idle = new Set<string>()
  #flow!: Flow

  constructor(workflow: N8nWorkflow) {
    this.#workflow = workflow
    const byId = new Map<string, string>()
    for (const node of workflow.nodes) {
      this.#nodes.set(node.name, node)
      if (typeof node['id'] === 'string') byId.set(node['id'], node.name)
    }
    // n8n joins nodes by their names; some files that people edited say ids.
    const named = (given: string): string => (this.#nodes.has(given) ? given : (byId.get(given) ?? given))
    for (const [from, byType] of Object.entries(workflow.connections))
      for (const [type, outputs] of Object.entries(byType))
        outputs.forEach((targets, output) => {
          for (const { node, index } of targets ?? []) {
            const [start, to] = [named(from), named(node)]
            if (this.#nodes.has(start) && this.#nodes.has(to))
              this.#links.push({ from: start, to, type, output, input: index })
            else
              this.#edges.push({
                from: `nodes/${start}`,
                to: `nodes/${to}`,
                state: 'by-hand',
                note: 'The file has no such node.',
              })
          }
        })
  }

  result(): Imported {
    // A node that only serves another (its model, a tool) is a part of that one and no step.
    this.#leaveIdle()
    const main = this.#links.filter(({ type }) => !type.startsWith('ai_'))
    const serving = new Set(
      this.#links
        .filter(
          ({ type, from }) =>
            type.startsWith('ai_') && !main.some((link) => link.from === from || link.to === from),
        )
        .map(({ from }) => from),
    )
    const names = [...this.#nodes.values()]
      .filter(
        ({ name, type }) => baseOf(type) !== 'stickyNote' && !serving.has(name) && !this.#idle.has(name),
      )
      .map(({ name }) => name)
    for (const name of names) this.#ids.set(name, this.#draft.ids.take(name))
    const exit = (link: Link): string | null =>
      this.#loopExit(link) ?? (link.type === 'main' ? null : 'error')
    const arrows = main.map((link): Arrow & { link: Link } => ({
      from: link.from,
      to: link.to,
      exit: exit(link),
      link,
    }))
    this.#flow = layOut(names, arrows, { exitOf: (name) => (this.#isLoop(name) ? 'each' : null) })

    const steps = this.#level(this.#flow)
    for (const name of serving) this.#servingPart(name)
    for (const node of this.#nodes.values())
      if (baseOf(node.type) === 'stickyNote')
        this.#parts.push({
          place: `nodes/${node.name}`,
          what: node.type,
          state: 'mapped',
          note: 'A note for people.',
        })
    this.#report(arrows)
    const definition = this.#draft.build(this.#workflow.name, this.#summary(), steps)
    return {
      definition,
      sources: [],
      report: { format: 'n8n', parts: this.#parts, edges: this.#edges, expressions: this.#expressions },
    }
  }

  /** Takes out nodes that no trigger leads to: a draft without arrows to them would run them at its start. */
  #leaveIdle(): void {
    const main = this.#links.filter(({ type }) => !type.startsWith('ai_'))
    const led = new Set(main.map(({ to }) => to))
    const serving = new Set(this.#links.filter(({ type }) => type.startsWith('ai_')).map(({ from }) => from))
    const all = [...this.#nodes.values()].filter(({ type }) => baseOf(type) !== 'stickyNote')
    const open = all.filter((node) => isTrigger(node, led.has(node.name))).map(({ name }) => name)
    // A file without a trigger is a piece of a workflow, and of one with arrows into nothing is not known what leads where.
    if (open.length === 0 || this.#edges.length > 0) return
    for (const { name } of all) if (!serving.has(name) || led.has(name)) this.#idle.add(name)
    for (let name = open.pop(); name !== undefined; name = open.pop())
      if (this.#idle.delete(name)) for (const { from, to } of main) if (from === name) open.push(to)
    for (const name of this.#idle)
      this.#parts.push({
        place: `nodes/${name}`,
        what: this.#nodes.get(name)!.type,
        state: 'mapped',
        note: 'No trigger leads to it, so n8n never runs it: it is left out. Draw an arrow to it there and import again to have it.',
      })
    for (const { from, to } of this.#links.filter(
      (link) => this.#idle.has(link.from) || this.#idle.has(link.to),
    ))
      this.#edges.push({
        from: `nodes/${from}`,
        to: `nodes/${to}`,
        state: 'inside',
        note: 'It is never taken.',
      })
    for (let at = this.#links.length - 1; at >= 0; at--) {
      const { from, to } = this.#links[at]!
      if (this.#idle.has(from) || this.#idle.has(to)) this.#links.splice(at, 1)
    }
  }

  #isLoop(name: string): boolean {
    return baseOf(this.#nodes.get(name)!.type) === 'splitInBatches'
  }

  /** Output of a batch loop that leads into what it repeats: the second since its version 3, the first before. */
  #loopExit(link: Link): string | null {
    if (!this.#isLoop(link.from) || link.type !== 'main') return null
    return link.output === (this.#nodes.get(link.from)!.typeVersion >= 3 ? 1 : 0) ? 'each' : null
  }

  #level(level: Level): StepDraft[] {
    const steps: StepDraft[] = []
    for (const name of level.nodes) {
      const node = this.#nodes.get(name)!
      const id = this.#ids.get(name)!
      const inner = level.inner.get(name)
      const made = inner ? this.#mapOver(name, inner) : this.#stepOf(node)
      this.#steps.set(name, made)
      const after = new Set<string>()
      for (const arrow of level.arrows as (Arrow & { link: Link })[]) {
        if (arrow.to !== name) continue
        const exit = this.#exitOf(arrow.link)
        const from = this.#ids.get(arrow.from)!
        after.add(exit === null ? from : `${from}/${exit}`)
        if (exit === null && this.#goesOnAnyway(arrow.from)) after.add(`${from}/error`)
      }
      const title = cut(node.name, 120) || id
      const isOff = node.disabled === true
      const led = {
        ...(after.size > 0 ? { after: [...after].slice(0, 50) } : {}),
        ...(isOff ? { when: 'false' } : {}),
        ...retryOf(node),
      }
      if (made.before !== undefined) steps.push({ title, ...made.before, ...led } as StepDraft)
      steps.push({
        id,
        title,
        ...made.step,
        ...(made.before === undefined
          ? led
          : { after: [String(made.before['id'])], ...(isOff ? { when: 'false' } : {}) }),
        ...(made.note === undefined && node.notes === undefined
          ? {}
          : { note: cut([made.note, node.notes].filter(Boolean).join('\n'), 4_000) }),
      } as StepDraft)
      this.#parts.push({
        place: `nodes/${name}`,
        what: node.type,
        state: made.state,
        step: [...(this.#flow.around.get(name) ?? []).map((each) => this.#ids.get(each)!), id].join('.'),
        takes: this.#incoming(name)?.text ?? 'input',
        ...(this.#loopItems.has(name) ? { each: this.#loopItems.get(name)! } : {}),
        ...(made.before === undefined ? {} : { before: String(made.before['id']) }),
        gives: this.#output(name, name)?.text ?? `steps.${id}.output`,
        ...(made.note === undefined ? {} : { note: made.note }),
      })
    }
    return steps
  }

  #stepOf(node: N8nNode): NodeStep {
    const before = this.#links.filter((link) => link.to === node.name && !link.type.startsWith('ai_'))
    if (isTrigger(node, before.length > 0)) {
      const { triggers, note } = triggersOf(node, this.#ids.get(node.name)!)
      for (const trigger of triggers) this.#draft.trigger(trigger)
      return {
        step: { kind: 'set', value: '${input}' },
        state: note === undefined ? 'mapped' : 'approximated',
        ...(note === undefined ? {} : { note }),
      }
    }
    const parts = new Map<string, N8nNode[]>()
    for (const { from, to, type } of this.#links)
      if (to === node.name && type.startsWith('ai_'))
        parts.set(type, [...(parts.get(type) ?? []), this.#nodes.get(from)!])
    const place = `nodes/${node.name}/parameters`
    const incoming = this.#incoming(node.name)
    const values = new Values(n8nNames(this.#scope(node.name)), this.#expressions)
    const inputs = this.#before(node.name)
      .toSorted((a, b) => a.input - b.input)
      .map(({ from }) => {
        const id = this.#ids.get(from)!
        const output = this.#output(from, node.name)
        return output === null ? 'null' : `has(steps.${id}) ? ${output.text} : null`
      })
    return stepOf({
      node,
      id: this.#ids.get(node.name)!,
      draft: this.#draft,
      values,
      incoming: incoming?.text ?? 'input',
      inputs,
      parts,
      place,
    })
  }

  /** A loop over batches as a map over what comes in. */
  #mapOver(name: string, inner: Level): NodeStep {
    const depth = (this.#flow.around.get(name) ?? []).length
    const item = depth === 0 ? 'item' : `item_${depth + 1}`
    this.#loopItems.set(name, item)
    const incoming = this.#incoming(name)?.text ?? 'input'
    const steps = this.#level(inner)
    return {
      step: {
        kind: 'map',
        over: `type(${incoming}) == list ? ${wrapIf(incoming)} : [${incoming}]`,
        as: item,
        concurrency: 1,
        steps,
      },
      state: 'approximated',
      note: 'It repeats its steps once for each item of what comes in.',
    }
  }

  /** Arrows that lead to a node and that the draft has. */
  #before(name: string): Link[] {
    const left = new Set(this.#flow.left.map((arrow) => (arrow as Arrow & { link: Link }).link))
    return this.#links.filter(
      (link) =>
        link.to === name &&
        !link.type.startsWith('ai_') &&
        !left.has(link) &&
        !(this.#isLoop(name) && this.#isAround(link.from, name)),
    )
  }

  #isAround(inner: string, loop: string): boolean {
    return (this.#flow.around.get(inner) ?? []).includes(loop)
  }

  /** The item that comes into a node, as CEL. */
  #incoming(name: string): Cel | null {
    const before = this.#before(name)
    const found = new Map<string, { cel: Cel; id: string }>()
    for (const link of before) {
      const cel = this.#output(link.from, name)
      if (cel !== null) found.set(cel.text, { cel, id: this.#ids.get(link.from)! })
    }
    const [first, ...rest] = found.values()
    if (first === undefined) return null
    // Of several that lead here, the first that ran.
    return [first, ...rest].slice(0, -1).reduceRight<Cel>(
      (otherwise, { cel, id }) => ({
        ...choose(atom(`has(steps.${id})`, 'bool'), cel, otherwise),
        kind: 'any',
      }),
      [first, ...rest].at(-1)!.cel,
    )
  }

  /** What a node gave out, as the node `to` may read it; null where it cannot. */
  #output(name: string, to: string): Cel | null {
    const around = this.#flow.around.get(to) ?? []
    if (this.#loopItems.has(name) && around.includes(name)) return atom(this.#loopItems.get(name)!, 'any')
    const own = this.#flow.around.get(name) ?? []
    if (!own.every((loop, at) => around[at] === loop)) return null
    const known = this.#outputs.get(name)
    if (known !== undefined) return known
    // A branch and a wait give on what came in. Against circles: until it is known it is the step's own.
    const id = this.#ids.get(name)
    if (id === undefined) return null
    const node = this.#nodes.get(name)!
    const plain = wrapped(atom(`steps.${id}.output`, 'any'), answersUnder(node, this.#servingTypes(name)))
    this.#outputs.set(name, plain)
    const passes =
      node.disabled === true || /^(if|filter|switch|wait|textClassifier)$/.test(baseOf(node.type))
    const cel = passes ? (this.#incoming(name) ?? plain) : plain
    this.#outputs.set(name, cel)
    return cel
  }

  /** Kinds of the connections by which parts serve a node. */
  #servingTypes(name: string): ReadonlySet<string> {
    return new Set(
      this.#links.filter(({ to, type }) => to === name && type.startsWith('ai_')).map(({ type }) => type),
    )
  }

  #scope(name: string): Parameters<typeof n8nNames>[0] {
    return {
      incoming: () => {
        const cel = this.#incoming(name)
        return cel === null ? null : cel.isAtom ? cel : { ...compound(`(${cel.text})`, 'any'), isAtom: true }
      },
      output: (other) => (this.#nodes.has(other) ? this.#output(other, name) : null),
      step: (other) =>
        this.#nodes.has(other) && this.#output(other, name) !== null ? (this.#ids.get(other) ?? null) : null,
      setting: (key) => this.#draft.setting(key),
      parameters: (other) => this.#nodes.get(other ?? name)?.parameters ?? null,
      workflow: { id: String(this.#workflow.id ?? ''), name: this.#workflow.name },
    }
  }

  #exitOf(link: Link): string | null {
    const made = this.#steps.get(link.from)
    if (link.type !== 'main') return 'error'
    const node = this.#nodes.get(link.from)!
    const exit = made?.exits?.[link.output]
    if (exit !== undefined) return exit
    // The last output of a node that sends its failures on.
    const isError = node.onError === 'continueErrorOutput' && link.output > 0
    return isError ? 'error' : null
  }

  #goesOnAnyway(name: string): boolean {
    const node = this.#nodes.get(name)!
    return (
      (node.onError === 'continueRegularOutput' || node.continueOnFail === true) &&
      this.#steps.get(name)?.step.kind !== 'branch'
    )
  }

  /** A model, a memory, a tool: said by the step that it serves. */
  #servingPart(name: string): void {
    const node = this.#nodes.get(name)!
    const kinds = new Set(this.#links.filter(({ from }) => from === name).map(({ type }) => type))
    const isWhole = [...kinds].every((kind) =>
      ['ai_languageModel', 'ai_tool', 'ai_outputParser'].includes(kind),
    )
    this.#parts.push({
      place: `nodes/${name}`,
      what: node.type,
      state: isWhole ? 'mapped' : 'by-hand',
      note: isWhole
        ? 'Part of the step that it serves.'
        : `What it does (${[...kinds].join(', ').replaceAll('ai_', '')}) has no place in a draft: memory and search are tools here.`,
    })
  }

  #report(arrows: readonly (Arrow & { link: Link })[]): void {
    const left = new Set<Arrow>(this.#flow.left)
    const inside = new Set<Arrow>(this.#flow.inside)
    const edge = (link: Link, state: ImportedEdge['state'], note?: string): void => {
      const exit = state === 'mapped' ? this.#exitOf(link) : null
      this.#edges.push({
        from: `nodes/${link.from}`,
        to: `nodes/${link.to}`,
        state,
        ...(exit === null ? {} : { exit }),
        ...(note === undefined ? {} : { note }),
      })
    }
    for (const arrow of arrows)
      if (left.has(arrow))
        edge(
          arrow.link,
          'by-hand',
          'It leads back, or into the middle of a loop: a draft has no circles. Repeat by a map, or call the agent again.',
        )
      else edge(arrow.link, inside.has(arrow) ? 'inside' : 'mapped')
    for (const link of this.#links) {
      if (!link.type.startsWith('ai_')) continue
      // A part that runs as a step as well cannot be a setting of another one.
      const isBoth = this.#ids.has(link.from) && this.#ids.has(link.to)
      edge(
        link,
        isBoth ? 'by-hand' : 'inside',
        isBoth ? 'It is a step by itself and serves another one: a draft has it as the step.' : undefined,
      )
    }
  }

  #summary(): string {
    const notes = this.#workflow.nodes
      .filter(({ type }) => baseOf(type) === 'stickyNote')
      .map(({ parameters }) => text(parameters['content']))
    return notes.join('\n\n').trim()
  }
}

const wrapIf = (cel: string): string => (/[?&|]/.test(cel) ? `(${cel})` : cel)

function retryOf(node: N8nNode): Record<string, unknown> {
  if (node.retryOnFail !== true) return {}
  const attempts = Math.min(Math.max(Math.trunc(node.maxTries ?? 3), 1), 20)
  const waitMs = Math.min(Math.max(node.waitBetweenTries ?? 1_000, 0), 60_000)
  return { retry: { attempts, firstWait: `PT${Math.max(1, Math.round(waitMs / 1000))}S`, factor: 1 } }
}
