import type { Random } from '@heavylift/core/math'
import type { Described, Edge } from '../../registry/card.ts'
import type { IndexedAgent } from '../../registry/catalogue-index.ts'
import type { Work } from './works.ts'

/** An agent of a made-up company, and the work that it does. */
export interface FleetAgent extends IndexedAgent {
  work: string
}

const areas =
  'Dairy Bakery Produce Frozen Pharmacy Apparel Toys Garden Electronics Grocery Furniture Automotive Beauty Sporting Jewelry'.split(
    ' ',
  )
const offices = 'Pricing Replenishment Suppliers Returns Marketing Finance Planning'.split(' ')
const firstNames =
  'Ada Bruno Chloe Daniel Elif Farid Grace Hugo Ines Jonas Kira Liam Mona Nils Olga Pablo Qing Rosa Samir Tara Uma Viktor Wanda Ximena Yusuf Zoe'.split(
    ' ',
  )
const lastNames =
  'Abbott Brandt Castillo Dufour Eriksen Fontaine Galloway Hartmann Iversen Jimenez Kowalski Lindqvist Moreau Novak Okafor Petrov Quigley Rinaldi Schreiber Tanaka Ueda Varga Whitaker Yamada Zeller'.split(
    ' ',
  )
const stores = 'orders stock invoices shipments contracts visits complaints budgets'.split(' ')
const verbs = 'list read search create update report'.split(' ')
/** Of all agents, what is not in use or not yet; the rest is live. */
const states = [
  ...Array.from({ length: 16 }, () => 'live' as const),
  'draft',
  'draft',
  'deprecated',
  'paused',
] as const

/** Teams that have each work done once, in their own words: `size` agents in all, about five edges each. */
export function makeFleet(works: readonly Work[], size: number, random: Random): FleetAgent[] {
  const teams = Array.from({ length: Math.ceil(size / works.length) }, (_, at) => teamName(at))
  const fleet: FleetAgent[] = []
  for (const [teamAt, team] of teams.entries()) {
    const people = Array.from({ length: 3 }, () => `${random.pick(firstNames)} ${random.pick(lastNames)}`)
    const data = Array.from({ length: 3 }, () => `sql:${slugOf(team)}-${random.pick(stores)}`)
    for (const [workAt, work] of works.entries()) {
      if (fleet.length >= size) break
      const helper =
        teamAt > 0 && random.next() < 0.4 ? fleet[Math.floor(random.next() * fleet.length)]! : null
      fleet.push({
        name: `${slugOf(work.title)}-${slugOf(team)}-${workAt}`.slice(0, 64),
        title: random.next() < 0.5 ? work.title : `${work.title}, ${team}`,
        summary: inTeamsWords(work.text, random),
        jobs: [inTeamsWords(random.pick(works).text, random).slice(0, 80)],
        tags: [],
        team,
        owner: random.pick(people),
        standIn: random.pick(people),
        reviewOn: null,
        edges: edgesFor(work, random.pick(works), random.pick(data), helper, random),
        state: random.pick(states),
        work: work.id,
      })
    }
  }
  return fleet
}

function teamName(at: number): string {
  const round = Math.floor(at / (areas.length * offices.length))
  return `${areas[at % areas.length]} ${offices[Math.floor(at / areas.length) % offices.length]}${round === 0 ? '' : ` ${round + 1}`}`
}

function edgesFor(work: Work, other: Work, data: string, helper: Described | null, random: Random): Edge[] {
  const source = `mcp:${slugOf(work.title)}`
  const tools = [random.pick(verbs), random.pick(verbs)].map((verb): Edge => ({
    kind: 'tool',
    target: `${source}/${verb}`,
  }))
  const edges: Edge[] = [
    ...tools,
    { kind: 'data', target: source },
    { kind: 'data', target: data },
    { kind: 'model', target: random.pick(['default', 'small', 'large']) },
    ...(random.next() < 0.5 ? [{ kind: 'credential' as const, target: `${slugOf(work.title)}-key` }] : []),
    ...(random.next() < 0.3
      ? [{ kind: 'tool' as const, target: `mcp:${slugOf(other.title)}/${random.pick(verbs)}` }]
      : []),
    ...(helper === null ? [] : [{ kind: 'agent' as const, target: helper.name }]),
  ]
  return [...new Map(edges.map((edge) => [`${edge.kind} ${edge.target}`, edge])).values()]
}

/** Three quarters of the words, in their order: no two teams write the same. */
export function inTeamsWords(text: string, random: Random): string {
  const words = text.split(/\s+/)
  const kept = words.filter(() => random.next() < 0.75)
  return (kept.length < 3 ? words : kept).join(' ')
}

export function slugOf(text: string): string {
  return (
    text
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, '-')
      .replaceAll(/^[^a-z]+|-+$/g, '')
      .slice(0, 36) || 'agent'
  )
}
