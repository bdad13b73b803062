import { useCallback, useState } from 'react'

/** What this browser keeps of the console between visits; nothing where storage is blocked. */
function readKept<T>(name: string, fallback: T): T {
  try {
    const text = localStorage.getItem(`heavylift.${name}`)
    return text === null ? fallback : (JSON.parse(text) as T)
  } catch {
    return fallback
  }
}

/** State that lasts beyond a reload. */
export function useKept<T>(name: string, fallback: T): [T, (value: T) => void] {
  const [value, setValue] = useState(() => readKept(name, fallback))
  const keep = useCallback(
    (next: T) => {
      setValue(next)
      try {
        localStorage.setItem(`heavylift.${name}`, JSON.stringify(next))
      } catch {
        // It lasts as long as the page.
      }
    },
    [name],
  )
  return [value, keep]
}
