import { Button } from '@mantine/core'
import { useState } from 'react'

/** Copies text that is too long to show. */
export function CopyButton({ text, children }: { text: () => string; children: string }) {
  const [isCopied, setIsCopied] = useState(false)
  const copy = async () => {
    await navigator.clipboard.writeText(text())
    setIsCopied(true)
    setTimeout(() => setIsCopied(false), 1500)
  }
  return (
    <Button size="compact-sm" variant="default" onClick={() => void copy()}>
      <span aria-live="polite">{isCopied ? 'Copied' : children}</span>
    </Button>
  )
}
