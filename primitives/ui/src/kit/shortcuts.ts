import { useEffect, useRef, useSyncExternalStore } from 'react'

export interface Shortcut {
  /** One key as `KeyboardEvent.key` names it (`n`, `/`, `?`), or two after one another (`g h`). */
  keys: string
  /** What it does, as the button that does the same says it. */
  label: string
}

export interface RunnableShortcut extends Shortcut {
  run: () => void
}

/** The last one registered wins, so that a page may take over a key while it is shown. */
let registered: readonly RunnableShortcut[] = []
const listeners = new Set<() => void>()

function change(next: readonly RunnableShortcut[]): void {
  registered = next
  for (const listener of listeners) listener()
}

/** Runs `run` on a key, while the component is shown and `isOn`; the sheet behind `?` lists it. */
export function useShortcut(keys: string, label: string, run: () => void, isOn = true): void {
  const latest = useRef(run)
  useEffect(() => {
    latest.current = run
  })
  useEffect(() => {
    if (!isOn || keys === '') return
    const own: RunnableShortcut = { keys, label, run: () => latest.current() }
    change([...registered, own])
    return () => change(registered.filter((each) => each !== own))
  }, [keys, label, isOn])
}

/** Every shortcut that works now, without those that another has taken over. */
export function useShortcuts(): readonly RunnableShortcut[] {
  const all = useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => registered,
  )
  return [...new Map(all.map((each) => [each.keys, each])).values()]
}

/** True when a key press is meant for a field, a dialog or a widget that has keys of its own. */
function isTaken(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return true
  const target = event.target
  if (document.querySelector('[role="dialog"][aria-modal="true"]')) return true
  if (!(target instanceof HTMLElement)) return false
  if (target instanceof HTMLInputElement) {
    return !['checkbox', 'radio', 'button', 'submit', 'range', 'file'].includes(target.type)
  }
  return target.isContentEditable || /^(TEXTAREA|SELECT)$/.test(target.tagName)
}

const storageKey = 'heavylift.keys'

/** Whether single keys work. People who speak to their machine switch them off, as WCAG 2.1.4 asks. */
export function areShortcutsOn(): boolean {
  try {
    return localStorage.getItem(storageKey) !== 'off'
  } catch {
    return true
  }
}

export function switchShortcuts(isOn: boolean): void {
  try {
    if (isOn) localStorage.removeItem(storageKey)
    else localStorage.setItem(storageKey, 'off')
  } catch {
    // Storage is blocked: they stay on.
  }
}

/** How long the second key of two may take. */
const pauseMs = 1200

/** Hears the keys of the whole document; the frame of the console calls it once. Returns how to stop. */
export function listenForShortcuts(): () => void {
  let first = { key: '', atMs: 0 }
  const onKey = (event: KeyboardEvent) => {
    if (isTaken(event) || !areShortcutsOn()) return
    const sequence = performance.now() - first.atMs < pauseMs ? `${first.key} ${event.key}` : ''
    const found =
      registered.findLast(({ keys }) => keys === sequence) ??
      registered.findLast(({ keys }) => keys === event.key)
    first = { key: event.key, atMs: performance.now() }
    if (!found) return
    event.preventDefault()
    found.run()
  }
  addEventListener('keydown', onKey)
  return () => removeEventListener('keydown', onKey)
}
