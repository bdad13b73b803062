import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { CommandInput } from '@heavylift/core'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { checkAgentFile } from '../../src/commands/one-agent.ts'
import { planSync } from '../../src/commands/plan-sync.ts'
import { syncFolder } from '../../src/commands/sync.ts'

const text = (title: string, value = '1') => `schema: heavylift.agent/1
name: notes # ours
title: ${title}
steps:
  - { id: first, kind: set, value: ${value} }
`

describe('a folder of agents', () => {
  let folder: string
  let drafts: Map<string, { text: string; revision: number }>
  let printed: string[]
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'agents-sync-'))
    drafts = new Map()
    printed = []
  })
  afterEach(() => rm(folder, { recursive: true }))

  const input = (args: Record<string, string>): CommandInput => ({
    args,
    options: {},
    api: async (path, init) => {
      const [, name = ''] = /^\/api\/agents\/drafts\/([^?]*)/.exec(path) ?? []
      const body =
        typeof init?.body === 'string' ? (JSON.parse(init.body) as { name: string; text: string }) : null
      if (path === '/api/agents/drafts' && body) drafts.set(body.name, { text: body.text, revision: 0 })
      else if (init?.method === 'PATCH' && body)
        drafts.set(name, { text: body.text, revision: (drafts.get(name)?.revision ?? 0) + 1 })
      if (path === '/api/agents/agents') return Response.json({ agents: [] })
      if (path === '/api/agents/drafts')
        return Response.json({ drafts: [...drafts.keys()].map((each) => ({ name: each })) })
      return Response.json({ name, problems: [], ...drafts.get(name) })
    },
    report: () => undefined,
    print: (line) => printed.push(line),
    confirm: async () => undefined,
    dataDir: folder,
    signal: new AbortController().signal,
  })
  const sync = (direction: 'both' | 'pull' | 'push' = 'both') => syncFolder(input({ dir: folder }), direction)
  const file = () => readFile(join(folder, 'notes.yaml'), 'utf8')

  it('and the server come together, comments and all, whoever changed what [AGENTS-SYNC-01]', async () => {
    await writeFile(join(folder, 'notes.yaml'), text('Notes'))
    expect((await sync()).agents).toEqual([{ name: 'notes', act: 'to-server', lines: [] }])
    expect(drafts.get('notes')?.text).toBe(text('Notes'))
    drafts.set('notes', { text: text('On the server'), revision: 3 })
    await writeFile(join(folder, 'notes.yaml'), text('Notes', '2'))
    expect((await sync()).agents[0]).toMatchObject({
      act: 'merge',
      lines: ['~ title: "Notes" → "On the server"'],
    })
    expect(await file()).toBe(text('On the server', '2'))
    expect(drafts.get('notes')?.text).toBe(text('On the server', '2'))
    expect((await sync()).agents[0]?.act).toBe('same')
    await rm(join(folder, 'notes.yaml'))
    expect((await sync()).agents[0]?.act).toBe('file-gone')
    expect(drafts.size).toBe(1)
  })

  it('shows what both changed by meaning, and writes neither [AGENTS-SYNC-01]', async () => {
    drafts.set('notes', { text: text('Notes'), revision: 0 })
    await sync()
    expect(await file()).toBe(text('Notes'))
    drafts.set('notes', { text: text('Theirs'), revision: 1 })
    await writeFile(join(folder, 'notes.yaml'), text('Mine'))
    expect(await sync()).toMatchObject({
      verdict: 'no',
      agents: [{ act: 'conflict', lines: ['title: "Mine" in the folder, "Theirs" on the server'] }],
    })
    expect([await file(), drafts.get('notes')?.text]).toEqual([text('Mine'), text('Theirs')])
    await writeFile(join(folder, 'notes.yaml'), 'steps: [')
    expect((await sync()).agents[0]?.act).toBe('broken')
  })

  it('is written by pull alone, and writes the server by push alone', async () => {
    await writeFile(join(folder, 'notes.yaml'), text('Notes'))
    await sync('pull')
    expect(drafts.size).toBe(0)
    await sync('push')
    expect(drafts.size).toBe(1)
    drafts.set('notes', { text: text('Newer'), revision: 1 })
    await sync('push')
    expect(await file()).toBe(text('Notes'))
    await sync('pull')
    expect(await file()).toBe(text('Newer'))
  })

  it('without a common past conflicts where it differs', () => {
    expect(planSync({ base: null, folder: text('A'), server: text('B') })).toMatchObject({ act: 'conflict' })
    expect(planSync({ base: null, folder: text('A'), server: text('A') })).toEqual({ act: 'same' })
  })

  it('has files that are checked without a server, with line and column', async () => {
    const path = join(folder, 'notes.yaml')
    await writeFile(path, text('Notes').replace('value:', 'valeu:'))
    expect(await checkAgentFile(input({ file: path }))).toMatchObject({ verdict: 'no' })
    expect(printed.join('\n')).toMatch(/notes\.yaml:5:\d+ “valeu” is not known here\. Did you mean “value”\?/)
    await writeFile(path, text('Notes'))
    expect(await checkAgentFile(input({ file: path }))).toMatchObject({ verdict: 'yes' })
  })
})
