import { ApiError } from '@heavylift/ui'
import { changesBetween } from '../../src/files/change.ts'
import { editText } from '../../src/files/edit-file.ts'
import { mergeChanges } from '../../src/files/merge.ts'
import type { Conflict } from '../../src/files/merge.ts'
import { parseFile } from '../../src/files/parse-file.ts'
import type { FileProblem } from '../../src/files/parse-file.ts'
import type { DraftAnswer } from '../../src/routes/draft-schemas.ts'

/** How the text that is shown stands to what the server keeps. */
export type Saved = 'saved' | 'saving' | 'offline' | 'conflict' | 'refused'

export interface SessionState {
  text: string
  problems: readonly FileProblem[]
  canUndo: boolean
  canRedo: boolean
  saved: Saved
  revision: number
  /** What went wrong last, in the server's words. */
  error: unknown
  conflicts: readonly Conflict[]
}

/** The server, as a session needs it. */
export interface DraftServer {
  read: () => Promise<DraftAnswer>
  write: (base: number, text: string) => Promise<DraftAnswer>
  revert: (direction: 'undo' | 'redo') => Promise<DraftAnswer>
}

const quietMs = 400
const againMs = 2_000

/**
 * One tab's work on a draft: the text as it is shown, ahead of the server by what was typed in the last half second. It sends one edit at a
 * time, goes on with what was typed meanwhile, and merges what other tabs did by meaning.
 */
export class DraftSession {
  #state: SessionState
  /** What the server has, as this tab knows it. */
  #base: { revision: number; text: string }
  #isSending = false
  #timer: ReturnType<typeof setTimeout> | null = null
  readonly #server: DraftServer
  readonly #onChange: () => void

  constructor(server: DraftServer, first: DraftAnswer, onChange: () => void) {
    this.#server = server
    this.#onChange = onChange
    this.#base = { revision: first.revision, text: first.text }
    this.#state = {
      text: first.text,
      problems: first.problems,
      canUndo: first.canUndo,
      canRedo: first.canRedo,
      saved: 'saved',
      revision: first.revision,
      error: null,
      conflicts: [],
    }
  }

  get state(): SessionState {
    return this.#state
  }

  /** Shows a text at once and sends it after a moment of quiet. */
  edit(text: string, isUrgent = false): void {
    if (text === this.#state.text) return
    this.#set({ text, saved: 'saving', error: null, conflicts: [] })
    this.#schedule(isUrgent ? 0 : quietMs)
  }

  async revert(direction: 'undo' | 'redo'): Promise<void> {
    await this.flush()
    if (this.#isSending || this.#state.text !== this.#base.text) return
    await this.#send(() => this.#server.revert(direction))
  }

  /** Another tab made a revision. */
  async seen(revision: number): Promise<void> {
    if (revision <= this.#base.revision || this.#isSending) return
    // What is still to be sent meets it at the server.
    if (this.#state.text !== this.#base.text) return this.flush()
    await this.#send(() => this.#server.read())
  }

  /** Of each place that two people changed, the one that is to stay. */
  async resolve(keep: 'mine' | 'theirs'): Promise<void> {
    const mine = changesBetween(valueOf(this.#base.text), valueOf(this.#state.text))
    const head = await this.#server.read()
    const theirs = changesBetween(valueOf(this.#base.text), valueOf(head.text))
    const { changes } = mergeChanges(mine, theirs)
    const kept = keep === 'mine' ? mine : changes
    this.#base = { revision: head.revision, text: head.text }
    this.#take(head, editText(head.text, kept))
    await this.flush()
  }

  /** Sends what is not sent yet. */
  async flush(): Promise<void> {
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#timer = null
    if (this.#isSending || this.#state.text === this.#base.text) return
    const { text } = this.#state
    await this.#send(() => this.#server.write(this.#base.revision, text), text)
  }

  stop(): void {
    void this.flush()
  }

  #schedule(inMs: number): void {
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.flush(), inMs)
  }

  async #send(call: () => Promise<DraftAnswer>, sent: string = this.#state.text): Promise<void> {
    this.#isSending = true
    this.#set({ saved: 'saving' })
    try {
      const answer = await call()
      this.#base = { revision: answer.revision, text: answer.text }
      const { text } = this.#state
      this.#take(answer, text === sent ? answer.text : rebased(answer.text, sent, text))
    } catch (error) {
      this.#fail(error)
    } finally {
      this.#isSending = false
    }
    if (this.#state.text !== this.#base.text && this.#state.saved === 'saving') this.#schedule(quietMs)
  }

  #take(answer: DraftAnswer, text: string): void {
    this.#set({
      text,
      problems: answer.problems,
      canUndo: answer.canUndo,
      canRedo: answer.canRedo,
      revision: answer.revision,
      saved: text === answer.text ? 'saved' : 'saving',
      error: null,
      conflicts: [],
    })
  }

  #fail(error: unknown): void {
    const code = error instanceof ApiError ? error.code : ''
    if (code === 'offline') {
      this.#set({ saved: 'offline', error })
      this.#timer = setTimeout(() => void this.flush(), againMs)
    } else if (code === 'draft-conflict') {
      const details = (error as ApiError).details as { conflicts?: Conflict[] } | undefined
      this.#set({ saved: 'conflict', error, conflicts: details?.conflicts ?? [] })
    } else this.#set({ saved: 'refused', error })
  }

  #set(change: Partial<SessionState>): void {
    this.#state = { ...this.#state, ...change }
    this.#onChange()
  }
}

/** What was typed since `sent`, on the text that the server answered. */
function rebased(answered: string, sent: string, typed: string): string {
  if (answered === sent) return typed
  const [before, after] = [parseFile(sent), parseFile(typed)]
  // What cannot be read yet stays as it is typed; the server merges it once it can.
  if (before.problems.length > 0 || after.problems.length > 0) return typed
  return editText(answered, changesBetween(before.value, after.value))
}

function valueOf(text: string): unknown {
  return parseFile(text).value ?? null
}
