import { sql, type Kysely } from 'kysely'
import type { EdgeKind, RegistryTables } from './registry-tables.ts'

/** Something that agents reach, or an agent. */
export interface Node {
  kind: EdgeKind
  name: string
}

export interface Reached extends Node {
  /** How many steps away. */
  distance: number
}

export interface BlastRadius {
  of: Node
  /** What it can touch, nearest first; empty for what is no agent. */
  touches: Reached[]
  /** Agents that can touch it, nearest first: those that a change of it may break. */
  broken: Reached[]
  /** Edges among all these. */
  edges: { from: Node; to: Node }[]
  counts: { touches: Record<EdgeKind, number>; broken: number; teams: number }
}

/** Agents that are reached through others count once, at the shortest way. */
const mostDistance = 32

/**
 * What an agent reaches by itself and through the agents that it calls, and which agents reach it, all the way. Names at most `most` nodes of each
 * side; the counts are of all.
 */
export async function blastRadius(
  database: Kysely<RegistryTables>,
  tenantId: string,
  of: Node,
  most: number,
): Promise<BlastRadius> {
  const forward = of.kind === 'agent' ? await touchesOf(database, tenantId, of.name) : []
  const { agents, teams } = await reachersOf(database, tenantId, of)
  const touches = forward.slice(0, most)
  const broken = agents.slice(0, most)
  const counted = { tool: 0, data: 0, agent: 0, credential: 0, model: 0 }
  for (const { kind } of forward) counted[kind]++
  return {
    of,
    touches,
    broken,
    edges: await edgesAmong(database, tenantId, of, touches, broken),
    counts: { touches: counted, broken: agents.length, teams },
  }
}

async function touchesOf(
  database: Kysely<RegistryTables>,
  tenantId: string,
  agent: string,
): Promise<Reached[]> {
  const { rows } = await sql<Reached>`
    with recursive called(name, distance) as (
      select ${agent}::text, 0
      union
      select e.target, c.distance + 1 from called c
      join agent_edge e on e.tenant_id = ${tenantId} and e.agent = c.name and e.kind = 'agent'
      where c.distance < ${mostDistance}
    ), nearest as (select name, min(distance) distance from called group by name)
    select e.kind, e.target "name", min(n.distance) + 1 distance
    from nearest n join agent_edge e on e.tenant_id = ${tenantId} and e.agent = n.name
    where not (e.kind = 'agent' and e.target = ${agent})
    group by e.kind, e.target order by distance, e.kind, e.target`.execute(database)
  return rows
}

async function reachersOf(
  database: Kysely<RegistryTables>,
  tenantId: string,
  { kind, name }: Node,
): Promise<{ agents: Reached[]; teams: number }> {
  const { rows } = await sql<Reached & { team: string | null }>`
    with recursive callers(name, distance) as (
      select agent, 1 from agent_edge where tenant_id = ${tenantId} and kind = ${kind} and target = ${name}
      union
      select e.agent, c.distance + 1 from callers c
      join agent_edge e on e.tenant_id = ${tenantId} and e.kind = 'agent' and e.target = c.name
      where c.distance < ${mostDistance}
    )
    select 'agent' kind, c.name, min(c.distance) distance, min(d.team) team
    from callers c left join agent_card d on d.tenant_id = ${tenantId} and d.name = c.name
    where not (${kind} = 'agent' and c.name = ${name})
    group by c.name order by distance, c.name`.execute(database)
  return {
    agents: rows.map(({ name: reacher, distance }) => ({ kind: 'agent', name: reacher, distance })),
    teams: new Set(rows.flatMap(({ team }) => team ?? [])).size,
  }
}

async function edgesAmong(
  database: Kysely<RegistryTables>,
  tenantId: string,
  of: Node,
  touches: readonly Reached[],
  broken: readonly Reached[],
): Promise<BlastRadius['edges']> {
  const nodes = [of, ...touches, ...broken]
  const agents = nodes.filter(({ kind }) => kind === 'agent').map(({ name }) => name)
  const { rows } = await sql<{ agent: string; kind: EdgeKind; target: string }>`
    select e.agent, e.kind, e.target from agent_edge e
    join json_to_recordset(${JSON.stringify(nodes)}::json) n(kind text, name text) on n.kind = e.kind and n.name = e.target
    where e.tenant_id = ${tenantId} and e.agent = any(${agents}::text[])
    group by 1, 2, 3`.execute(database)
  return rows.map(({ agent, kind, target }) => ({
    from: { kind: 'agent', name: agent },
    to: { kind, name: target },
  }))
}
