import type { PolicyRule } from '../definition/definition.ts'
import type { Tool } from '../tools/tool.ts'
import { worst } from './evidence.ts'
import type { Evidence, Finding, Found } from './evidence.ts'
import { deedsIn, deedsOfTool, handsOverControl, rolesOf } from './meaning.ts'
import type { Role } from './meaning.ts'
import { allOrigins, mayDecide, originsAt } from './origins.ts'
import type { Origin, Origins } from './origins.ts'
import { defaultPolicy, ruleFor, strictest } from './policy.ts'
import type { Ruling } from './policy.ts'

/** One call, with all that the policy may look at. */
export interface GuardedCall {
  agent: { name: string; version: number }
  /** Who started the run. */
  user: { id: string }
  tool: { id: string; source: string } & Pick<Tool, 'name' | 'description' | 'input' | 'effect'>
  args: Readonly<Record<string, unknown>>
  /**
   * How its arguments came about: a step of the definition wired them (`origins` of each), or a model wrote them after it had read what
   * `evidence` holds and was asked for `request`.
   */
  by: { kind: 'definition'; origins: Origins } | { kind: 'model'; evidence: Evidence; request: Request }
  /** What people have answered in this run. */
  answers: Answers
}

/** Answers of people to calls of one run. */
export interface Answers {
  /** `sameness` of calls that were approved, where the person let all such calls of the run pass. */
  approved: ReadonlySet<string>
  /** Calls that were refused: the tool with its deciding values. */
  refused: readonly string[]
}

export const noAnswers: Answers = { approved: new Set(), refused: [] }

/** So many refusals end the questions: somebody is being worn down. */
const mostRefusals = 3

/** What somebody who may decide asked for, read once a run. */
export interface Request {
  deeds: ReadonlySet<string>
  /** It tells the agent to do what another text says. */
  handsOver: boolean
}

export function readRequest(text: string): Request {
  return { deeds: deedsIn(text), handsOver: handsOverControl(text) }
}

export interface Judgement extends Ruling {
  /** Calls with the same are alike: the same tool, and deciding values found in the same places. Null where no answer may cover others. */
  sameness: string | null
  /** The tool with its deciding values. */
  deed: string
  /** Where each deciding argument's value was found. */
  found: Readonly<Record<string, Found>>
  origins: Readonly<Record<string, readonly Origin[]>>
}

/** Policies in force for a call: the tenant's, the definition's, and those of the agents that called this one, outermost first. */
export interface Policies {
  tenant?: readonly PolicyRule[]
  definition: readonly PolicyRule[]
  callers?: readonly (readonly PolicyRule[])[]
}

/** Judges one call. Takes values and gives a value; whoever asks writes it down. */
export function judge(call: GuardedCall, policies: Policies): Judgement {
  const { tool, args, by } = call
  const roles = rolesCached(tool)
  const found: Record<string, Found> = {}
  const origins: Record<string, readonly Origin[]> = {}
  const chosen: Record<string, Found[]> = {
    recipients: [],
    urls: [],
    amounts: [],
    targets: [],
    secrets: [],
    contents: [],
    links: [],
    all: [],
  }
  const decides = new Set(decidingRoles(tool.effect))
  for (const [name, value] of Object.entries(args)) {
    const role = roles[name] ?? 'target'
    const finding = findingOf(by, name, value)
    origins[name] = finding.from
    if (!decides.has(role)) {
      if (role === 'content') {
        chosen.contents!.push(finding.found)
        chosen.links!.push(...linksIn(by, name, value))
      }
      continue
    }
    found[name] = finding.found
    chosen[listOf[role]]?.push(finding.found)
    chosen.all!.push(finding.found)
  }
  const deed = JSON.stringify([tool.id, ...Object.keys(found).map((name) => args[name])])
  const facts = {
    agent: call.agent,
    user: call.user,
    tool: { id: tool.id, name: tool.name, source: tool.source, effect: tool.effect },
    args,
    origins,
    found,
    chosen,
    call: {
      chosenBy: by.kind,
      readOutside:
        by.kind === 'model'
          ? by.evidence.hasOutside
          : Object.values(origins).some((all) => !all.every(mayDecide)),
      readStore: by.kind === 'model' && by.evidence.hasStore,
      namedAnother:
        by.kind === 'model' &&
        !by.request.handsOver &&
        Object.entries(args).some(
          ([name, value]) => decides.has(roles[name] ?? 'target') && by.evidence.isBesideNamed(value),
        ),
      deeds: [...deedsCached(tool)],
      isAskedFor: isAskedFor(call),
      isHandedOver: by.kind === 'definition' || by.request.handsOver,
      wasRefused: call.answers.refused.length >= mostRefusals || call.answers.refused.includes(deed),
    },
  }
  const tenant = policies.tenant ?? defaultPolicy
  const ruling = strictest([
    ruleFor({ tenant, definition: policies.definition }, facts),
    ...(policies.callers ?? []).map((definition) => ruleFor({ tenant, definition }, facts)),
  ])
  const sameness = samenessOf(tool.id, ruling.rule, found, origins, chosen.links!)
  const isGranted = ruling.verdict === 'ask' && sameness !== null && call.answers.approved.has(sameness)
  const final: Ruling = isGranted
    ? { verdict: 'allow', rule: 'approved_alike', because: 'A person let all such calls of this run pass.' }
    : ruling
  return { ...final, because: explained(final, found, origins), found, origins, sameness, deed }
}

/** A person approved a call: what it decided is from then on what the user said, in this run. */
export function confirm(
  { found }: Judgement,
  args: Readonly<Record<string, unknown>>,
  evidence: Evidence,
): void {
  for (const name of Object.keys(found)) evidence.addConfirmed(args[name])
}

/** One answer covers others only where plain records differ: what running text from outside names is asked about each time. */
function samenessOf(
  tool: string,
  rule: string,
  found: Readonly<Record<string, Found>>,
  origins: Readonly<Record<string, readonly Origin[]>>,
  links: readonly Found[],
): string | null {
  const plain = new Set<Found>(['user', 'store', 'meant', 'record'])
  if (![...Object.values(found), ...links].every((of) => plain.has(of))) return null
  return JSON.stringify([tool, rule, Object.keys(found).map((name) => [name, found[name], origins[name]])])
}

const listOf: Record<Role, string> = {
  recipient: 'recipients',
  url: 'urls',
  amount: 'amounts',
  target: 'targets',
  secret: 'secrets',
  content: 'links',
  time: 'none',
  flag: 'none',
}

/** A tool that only looks decides nothing but where it looks: an address can carry out what it is given. */
function decidingRoles(effect: Tool['effect']): Role[] {
  return effect === 'none' ? ['url'] : ['recipient', 'url', 'amount', 'target', 'secret']
}

const roleCache = new WeakMap<object, Record<string, Role>>()
function rolesCached(tool: GuardedCall['tool']): Record<string, Role> {
  let roles = roleCache.get(tool.input)
  if (roles === undefined) roleCache.set(tool.input, (roles = rolesOf(tool.input)))
  return roles
}

function findingOf(by: GuardedCall['by'], name: string, value: unknown): Finding {
  if (by.kind === 'model') return by.evidence.find(value, name, by.request.handsOver)
  return wired(originsAt(by.origins, [name]))
}

/** Where a wired value comes from: a field of an answer that was passed on is a record, what a model wrote or a text was made of is not. */
function wired(origins: Origins): Finding {
  const from = allOrigins(origins)
  const outside = from.filter((origin) => !mayDecide(origin))
  if (outside.length === 0) return { found: 'user', from }
  if (outside.every((origin) => origin === 'store')) return { found: 'store', from }
  const isField = from.length === 1 && outside.every((origin) => origin.startsWith('tool:'))
  return { found: isField ? 'record' : 'document', from }
}

/** Addresses inside a text that could lead its reader somewhere, or be paid to. */
const links =
  /https?:\/\/\S+|\bwww\.\S+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|\b[A-Z]{2}\d{2}[A-Z0-9]{11,30}\b|\b[\w-]+(?:\.[\w-]+)*\.(?:com|net|org|io|info|biz|co|dev|app|xyz|ru|cn|de|uk|eu)\b(?:\/\S*)?/giu

function linksIn(by: GuardedCall['by'], name: string, value: unknown): Found[] {
  const text = typeof value === 'string' ? value : JSON.stringify(value ?? '')
  const found = [...new Set(text.match(links))]
    .slice(0, 50)
    .map((link) => link.replace(/[.,;:!?)\]}'"]+$/, ''))
  if (found.length === 0) return []
  if (by.kind === 'definition') return [wired(originsAt(by.origins, [name])).found]
  return [worst(found.map((link) => by.evidence.find(link))).found]
}

const deedCache = new WeakMap<object, Set<string>>()

function isAskedFor({ by, tool }: GuardedCall): boolean {
  // A step that the definition holds was put there by its author.
  if (by.kind === 'definition') return true
  if (by.request.handsOver) return true
  if (tool.effect === 'none') return by.request.deeds.has('visit')
  return [...deedsCached(tool)].some((deed) => by.request.deeds.has(deed))
}

function deedsCached(tool: GuardedCall['tool']): Set<string> {
  let deeds = deedCache.get(tool.input)
  if (deeds === undefined) deedCache.set(tool.input, (deeds = deedsOfTool(tool)))
  return deeds
}

function explained(
  { verdict, because }: Ruling,
  found: Readonly<Record<string, Found>>,
  origins: Readonly<Record<string, readonly Origin[]>>,
): string {
  if (verdict === 'allow') return because
  const parts = Object.entries(found)
    .filter(([, of]) => of !== 'user' && of !== 'store')
    .map(
      ([name, of]) =>
        `${name} ${words[of]}${origins[name]!.length > 0 ? ` (${origins[name]!.join(', ')})` : ''}`,
    )
  return parts.length === 0 ? because : `${because} ${parts.join('; ')}.`
}

const words: Record<Found, string> = {
  user: 'was said by the user',
  store: 'is in the store',
  meant: 'is the one that the user’s words fit',
  record: 'is a field of an answer',
  'named-record': 'is a field of an answer that outside text names',
  document: 'stands in a document that the user named, or was made from outside text',
  outside: 'stands in outside text',
  'worked-out': 'was worked out',
  nowhere: 'was said by nobody',
}
