import { createTestStore, type TestStore } from '@heavylift/store/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Drafts } from '../../src/drafts/drafts.ts'
import type { DraftTables } from '../../src/drafts/drafts.ts'
import type { Change } from '../../src/files/change.ts'
import { draftMigrations } from '../../src/migrations/drafts.ts'

const text = `schema: heavylift.agent/1
name: notes # ours
title: Notes
steps:
  - { id: first, kind: set, value: 1 }
`
const title = (to: string): Change => ({ kind: 'value', place: ['title'], to })

describe('drafts in the database', () => {
  let store: TestStore
  let tenants = 0
  const open = (tenantId = `tenant-${tenants++}`) =>
    new Drafts({
      db: store.host.forSystem('agents').database<DraftTables>(),
      tenantId,
      clock: { nowMs: () => 5, monotonicMs: () => 0 },
    })
  beforeAll(async () => {
    store = await createTestStore({ migrations: { agents: draftMigrations } })
  })
  afterAll(() => store.close())

  it('keep every edit as a patch, which another process reads and takes back [AGENTS-DRAFT-01]', async () => {
    const drafts = open('kept')
    await drafts.create('notes', text)
    const edited = await drafts.edit('notes', { base: 0, changes: [title('A')] }, { tab: 'a' })
    expect(edited).toMatchObject({ revision: 1, canUndo: true, canRedo: false })
    await drafts.edit('notes', { base: 1, text: edited.text.replace('title: A', 'title: B') }, { tab: 'b' })
    const other = open('kept')
    expect((await other.patches('notes', 10)).map(({ tab, changes }) => [tab, changes])).toEqual([
      ['b', [{ kind: 'value', place: ['title'], from: 'A', to: 'B' }]],
      ['a', [{ kind: 'value', place: ['title'], from: 'Notes', to: 'A' }]],
    ])
    const undone = await other.revert('notes', 'undo', { tab: 'b' })
    expect(undone).toMatchObject({ revision: 3, text: edited.text, canUndo: false, canRedo: true })
    expect(await other.textAt('notes', 0)).toBe(text)
    expect(await open().find('notes')).toBeNull()
  })

  it('that two tabs edit at the same time lose nothing [AGENTS-DRAFT-02]', async () => {
    const drafts = open()
    await drafts.create('notes', text)
    await Promise.all(
      Array.from({ length: 12 }, (_, i) =>
        drafts.edit(
          'notes',
          { base: 0, changes: [{ kind: 'value', place: ['steps', { id: 'first' }, `x${i}`], to: i }] },
          { tab: `tab-${i % 2}` },
        ),
      ),
    )
    const { text: merged, revision } = await drafts.get('notes', { tab: 'tab-0' })
    expect(revision).toBe(12)
    for (let i = 0; i < 12; i++) expect(merged).toContain(`x${i}: ${i}`)
    expect(merged).toContain('# ours')
    await expect(drafts.edit('notes', { base: 99, changes: [] }, { tab: 'a' })).rejects.toMatchObject({
      code: 'draft-conflict',
    })
  })

  it('say what does not go: a second of the same name, another name, one that is not there', async () => {
    const drafts = open()
    await drafts.create('notes', text)
    await expect(drafts.create('notes', text)).rejects.toMatchObject({ code: 'draft-exists' })
    const rename: Change = { kind: 'value', place: ['name'], to: 'other' }
    await expect(drafts.edit('notes', { base: 0, changes: [rename] }, { tab: 'a' })).rejects.toMatchObject({
      code: 'draft-renamed',
    })
    await expect(
      drafts.edit('notes', { base: 0, text: 'x'.repeat(1_000_001) }, { tab: 'a' }),
    ).rejects.toMatchObject({
      code: 'draft-too-long',
    })
    await expect(drafts.get('gone', { tab: 'a' })).rejects.toMatchObject({ code: 'draft-unknown' })
    await drafts.remove('notes')
    expect(await drafts.list()).toEqual([])
  })
})
