import { ConflictError, InvalidInputError, NotFoundError } from '@heavylift/core'
import type { Clock } from '@heavylift/core'
import type { Kysely, Selectable, Transaction } from 'kysely'
import type { Change } from '../files/change.ts'
import { checkFile } from '../files/check-file.ts'
import { decideEdit, decideRevert, newPatch, textAt } from './decide-edit.ts'
import type { Decided, DraftState, Edit } from './decide-edit.ts'
import { undoStacks } from './patch.ts'
import type { Patch } from './patch.ts'
import type { Splice } from './splice.ts'

export interface DraftTables {
  draft: { tenant_id: string; name: string; text: string; revision: number; changed_ms: number }
  draft_patch: {
    tenant_id: string
    name: string
    revision: number
    tab: string
    kind: Patch['kind']
    of_revision: number | null
    changes: Change[] | null
    splice: Splice
    made_ms: number
  }
}

export interface Draft {
  name: string
  text: string
  revision: number
  changedMs: number
}

/** A draft for one tab, which can take back its own edits. */
export interface DraftOfTab extends Draft {
  canUndo: boolean
  canRedo: boolean
}

/** Who edits: a tab of a browser, or a folder of files. */
export interface By {
  tab: string
}

/** So many patches are kept, and so far back a tab can be merged and undone. */
const mostPatches = 1_000
/** A file of 500 steps has about 200 kB. */
const longestText = 1_000_000

/** Drafts of one tenant. Every edit is a patch that is written before it is answered, so that a crash loses nothing that was answered. */
export class Drafts {
  readonly #db: Kysely<DraftTables>
  readonly #tenantId: string
  readonly #clock: Clock

  constructor(deps: { db: Kysely<DraftTables>; tenantId: string; clock: Clock }) {
    this.#db = deps.db
    this.#tenantId = deps.tenantId
    this.#clock = deps.clock
  }

  /** Without their texts, the one that was changed last first. */
  async list(): Promise<Omit<Draft, 'text'>[]> {
    const rows = await this.#db
      .selectFrom('draft')
      .where('tenant_id', '=', this.#tenantId)
      .select(['name', 'revision', 'changed_ms'])
      .orderBy('changed_ms', 'desc')
      .orderBy('name')
      .execute()
    return rows.map(({ name, revision, changed_ms }) => ({ name, revision, changedMs: changed_ms }))
  }

  async find(name: string): Promise<Draft | null> {
    const row = await this.#of(this.#db, name).executeTakeFirst()
    return row === undefined ? null : toDraft(row)
  }

  /** @throws NotFoundError `draft-unknown` */
  async get(name: string, { tab }: By): Promise<DraftOfTab> {
    const state = await this.#state(this.#db, name)
    return ofTab(state.draft, state.patches, tab)
  }

  /** The newest first. @throws NotFoundError `draft-unknown` */
  async patches(name: string, limit: number): Promise<Patch[]> {
    if ((await this.find(name)) === null) throw draftUnknown(name)
    return (await this.#patches(this.#db, name, limit)).toReversed()
  }

  /**
   * A new draft.
   * @throws ConflictError `draft-exists`
   * @throws InvalidInputError `draft-too-long`
   */
  async create(name: string, text: string): Promise<Draft> {
    requireLength(text)
    const row = { tenant_id: this.#tenantId, name, text, revision: 0, changed_ms: this.#clock.nowMs() }
    const made = await this.#db
      .insertInto('draft')
      .values(row)
      .onConflict((conflict) => conflict.doNothing())
      .returning('name')
      .executeTakeFirst()
    if (made !== undefined) return toDraft(row)
    throw new ConflictError({
      code: 'draft-exists',
      message: `There is an agent “${name}” already. Choose another name, or open it.`,
    })
  }

  /** Takes a draft away with its patches; versions that were published stay. @throws NotFoundError `draft-unknown` */
  async remove(name: string): Promise<void> {
    const { numDeletedRows } = await this.#db
      .deleteFrom('draft')
      .where('tenant_id', '=', this.#tenantId)
      .where('name', '=', name)
      .executeTakeFirst()
    if (numDeletedRows === 0n) throw draftUnknown(name)
  }

  /**
   * Puts an edit on a draft, merged with what others did since its base.
   *
   * @throws NotFoundError `draft-unknown`
   * @throws ConflictError `draft-conflict` where two people changed the same field, `place-gone`, `file-unreadable`
   */
  edit(name: string, edit: Edit, by: By): Promise<DraftOfTab> {
    return this.#change(name, by, (state) => ({ decided: decideEdit(state, edit), kind: 'edit', of: null }))
  }

  /** Takes back the last edit of a tab, or makes it again; nothing where there is none. Throws as `edit` does. */
  revert(name: string, direction: 'undo' | 'redo', by: By): Promise<DraftOfTab> {
    return this.#change(name, by, (state) => {
      const patch = undoStacks(state.patches, by.tab)[direction].at(-1)
      if (patch === undefined) return null
      return { decided: decideRevert(state, patch, direction), kind: direction, of: patch.revision }
    })
  }

  /** The text at an earlier revision. @throws ConflictError `draft-conflict` where it is no longer kept */
  async textAt(name: string, revision: number): Promise<string> {
    return textAt(await this.#state(this.#db, name), revision)
  }

  #change(
    name: string,
    { tab }: By,
    decide: (state: DraftState) => { decided: Decided; kind: Patch['kind']; of: number | null } | null,
  ): Promise<DraftOfTab> {
    return this.#db.transaction().execute(async (transaction) => {
      const state = await this.#state(transaction, name, true)
      const made = decide(state)
      if (made === null || made.decided.text === state.text) return ofTab(state.draft, state.patches, tab)
      requireLength(made.decided.text)
      requireName(name, made.decided)
      const madeMs = this.#clock.nowMs()
      const patch = newPatch(state, made.decided, { tab, kind: made.kind, of: made.of, madeMs })
      await this.#write(transaction, name, made.decided.text, patch)
      const draft = { name, text: made.decided.text, revision: patch.revision, changedMs: madeMs }
      return ofTab(draft, [...state.patches, patch], tab)
    })
  }

  async #write(
    transaction: Transaction<DraftTables>,
    name: string,
    text: string,
    patch: Patch,
  ): Promise<void> {
    const key = { tenant_id: this.#tenantId, name }
    await transaction
      .insertInto('draft_patch')
      .values({
        ...key,
        revision: patch.revision,
        tab: patch.tab,
        kind: patch.kind,
        of_revision: patch.of,
        changes: asJson(patch.changes),
        splice: asJson(patch.splice),
        made_ms: patch.madeMs,
      })
      .execute()
    await transaction
      .updateTable('draft')
      .set({ text, revision: patch.revision, changed_ms: patch.madeMs })
      .where('tenant_id', '=', this.#tenantId)
      .where('name', '=', name)
      .execute()
    await transaction
      .deleteFrom('draft_patch')
      .where('tenant_id', '=', this.#tenantId)
      .where('name', '=', name)
      .where('revision', '<=', patch.revision - mostPatches)
      .execute()
  }

  async #state(
    db: Kysely<DraftTables>,
    name: string,
    isLocked = false,
  ): Promise<DraftState & { draft: Draft }> {
    const select = this.#of(db, name)
    const row = await (isLocked ? select.forUpdate() : select).executeTakeFirst()
    if (row === undefined) throw draftUnknown(name)
    const draft = toDraft(row)
    return {
      draft,
      text: row.text,
      revision: row.revision,
      patches: await this.#patches(db, name, mostPatches),
    }
  }

  async #patches(db: Kysely<DraftTables>, name: string, limit: number): Promise<Patch[]> {
    const rows = await db
      .selectFrom('draft_patch')
      .where('tenant_id', '=', this.#tenantId)
      .where('name', '=', name)
      .selectAll()
      .orderBy('revision', 'desc')
      .limit(limit)
      .execute()
    return rows.toReversed().map(({ revision, tab, kind, of_revision, changes, splice, made_ms }) => ({
      revision,
      tab,
      kind,
      of: of_revision,
      changes,
      splice,
      madeMs: made_ms,
    }))
  }

  #of(db: Kysely<DraftTables>, name: string) {
    return db.selectFrom('draft').where('tenant_id', '=', this.#tenantId).where('name', '=', name).selectAll()
  }
}

/** PostgreSQL's JSON from a value: `pg` would take a list for an array of its own. */
const asJson = <T>(value: T): T => (value === null ? null : JSON.stringify(value)) as T

function draftUnknown(name: string): NotFoundError {
  return new NotFoundError({ code: 'draft-unknown', message: `There is no agent “${name}” here.` })
}

function toDraft({ name, text, revision, changed_ms }: Selectable<DraftTables['draft']>): Draft {
  return { name, text, revision, changedMs: changed_ms }
}

function ofTab(draft: Draft, patches: readonly Patch[], tab: string): DraftOfTab {
  const { undo, redo } = undoStacks(patches, tab)
  return { ...draft, canUndo: undo.length > 0, canRedo: redo.length > 0 }
}

function requireLength(text: string): void {
  if (text.length <= longestText) return
  throw new InvalidInputError({
    code: 'draft-too-long',
    message: `A definition has at most ${longestText} characters; this one has ${text.length}. Move texts into data that a step reads.`,
  })
}

/** An agent's name is what runs, callers and files know it by. */
function requireName(name: string, { text }: Decided): void {
  const { definition } = checkFile(text)
  if (definition === null || definition.name === name) return
  throw new InvalidInputError({
    code: 'draft-renamed',
    message: `The agent's name stays “${name}”, for runs and callers know it by it. To have it under another name, copy it.`,
  })
}
