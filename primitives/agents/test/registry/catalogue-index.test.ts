import { describe, expect, it, test } from 'vitest'
import { CatalogueIndex } from '../../src/registry/catalogue-index.ts'
import type { IndexedAgent } from '../../src/registry/catalogue-index.ts'
import { wordsOf } from '../../src/registry/words.ts'

function agent(name: string, more: Partial<IndexedAgent> = {}): IndexedAgent {
  return {
    name,
    title: name,
    summary: '',
    jobs: [],
    tags: [],
    team: null,
    owner: null,
    standIn: null,
    reviewOn: null,
    edges: [],
    state: 'live',
    ...more,
  }
}

const invoices = agent('invoice-matcher', {
  summary: 'Compares supplier invoices with purchase orders',
  team: 'Dairy Finance',
  owner: 'Ada Hartmann',
  edges: [
    { kind: 'tool', target: 'mcp:ledger/list' },
    { kind: 'data', target: 'mcp:ledger' },
  ],
})
const tickets = agent('ticket-router', {
  summary: 'Sorts support tickets by topic and sends each to a queue',
  jobs: ['Find the queue of a ticket'],
  team: 'Bakery Support',
  owner: 'Bruno Novak',
})

function indexOf(...agents: IndexedAgent[]): CatalogueIndex {
  const index = new CatalogueIndex()
  for (const each of agents) index.put(each)
  return index
}
const found = (index: CatalogueIndex, text: string, narrow = {}) =>
  index.search({ text, narrow, limit: 10 }).hits.map(({ name }) => name)

describe('a search', () => {
  const index = indexOf(invoices, tickets)
  it.each([
    ['matching an invoice to an order', 'invoice-matcher'],
    ['invioces', 'invoice-matcher'],
    ['ledger list', 'invoice-matcher'],
    ['hartman', 'invoice-matcher'],
    ['finance dairy', 'invoice-matcher'],
    ['support topics', 'ticket-router'],
  ])('finds by job, tool, data, owner and team: %s [AGENTS-FIND-01]', (text, name) => {
    expect(found(index, text)[0]).toBe(name)
  })

  it('narrows by facets and counts them among all that was found [AGENTS-FIND-01]', () => {
    const all = index.search({ text: '', limit: 1 })
    expect(all.total).toBe(2)
    expect(all.facets.team.map(({ value }) => value).toSorted()).toEqual(['Bakery Support', 'Dairy Finance'])
    expect(found(index, '', { tool: 'mcp:ledger/list' })).toEqual(['invoice-matcher'])
    expect(found(index, 'tickets', { team: 'Dairy Finance' })).toEqual([])
    expect(found(index, '', { tool: 'mcp:unknown/x' })).toEqual([])
  })

  it('puts an agent whose team is named whole before one that says the words by the way', () => {
    const talks = agent('talks', { summary: 'dairy finance finance dairy numbers invoices', team: 'Toys' })
    expect(found(indexOf(talks, invoices, tickets), 'invoices dairy finance')[0]).toBe('invoice-matcher')
  })
})

it('knows an agent as it was put last, however often [AGENTS-FIND-01]', () => {
  const index = indexOf(invoices, tickets)
  for (let round = 0; round < 1_200; round++) index.put({ ...tickets, summary: `Round ${round} of rounding` })
  expect(found(index, 'support tickets topic')).toEqual(['ticket-router'])
  expect(found(index, 'rounding')).toEqual(['ticket-router'])
  expect(found(index, 'supplier invoices')).toEqual(['invoice-matcher'])
  expect(index.search({ text: '', limit: 10 }).total).toBe(2)
  index.remove('ticket-router')
  expect(found(index, 'rounding')).toEqual([])
})

test('nearest names the agents that do the same, with what both reach [AGENTS-FIND-02]', () => {
  const index = indexOf(invoices, tickets, agent('other', { summary: 'Plans routes of vans' }))
  const [first, ...rest] = index.nearest({ ...invoices, name: 'bill-checker', title: 'Bill checker' }, 5)
  expect(first).toMatchObject({ name: 'invoice-matcher', shared: ['mcp:ledger/list', 'mcp:ledger'] })
  expect(first!.likeness).toBeGreaterThan(0.6)
  for (const { likeness } of rest) expect(likeness).toBeLessThan(0.3)
  expect(index.nearest(invoices, 5).map(({ name }) => name)).not.toContain('invoice-matcher')
})

test('words are cut at camel case, digits and signs, by their stems, names also whole', () => {
  expect(wordsOf('HubSpot')).toEqual(['hub', 'spot', 'hubspot'])
  expect(wordsOf('mcp-server Orders')).toEqual(['mcp', 'server', 'mcpserver', 'order'])
  expect(wordsOf('Café, 5 x')).toEqual(['cafe'])
})

it('keeps an agent that is put again unchanged in its row, so that what it means stays known [AGENTS-FIND-03]', () => {
  const index = indexOf(invoices, tickets)
  const { changes } = index
  const rows = index.meaningRows()
  index.put({ ...invoices, edges: [...invoices.edges] })
  expect(index.changes).toBe(changes)
  expect(index.meaningRows()).toEqual(rows)
  index.put({ ...invoices, state: 'paused' })
  expect(index.changes).toBeGreaterThan(changes)
  expect(index.size).toBe(2)
})
