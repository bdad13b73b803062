import { Button } from '@mantine/core'
import { useState } from 'react'
import { Icon } from './icons.tsx'
import styles from './copy.module.css'

/** Pages that came without TLS have no clipboard of their own: what is selected is copied there. */
async function copyText(text: string): Promise<void> {
  const { clipboard } = navigator as { clipboard?: Clipboard }
  if (clipboard) return clipboard.writeText(text)
  const area = document.createElement('textarea')
  area.value = text
  document.body.append(area)
  area.select()
  document.execCommand('copy')
  area.remove()
}

function useCopy(): [boolean, (text: string) => void] {
  const [isCopied, setIsCopied] = useState(false)
  const copy = async (text: string) => {
    await copyText(text)
    setIsCopied(true)
    setTimeout(() => setIsCopied(false), 1500)
  }
  return [isCopied, (text) => void copy(text)]
}

/** Text that one click copies; says so to eyes and to screen readers. */
export function Copy({ text, label }: { text: string; label?: string }) {
  const [isCopied, copy] = useCopy()
  return (
    <button type="button" className={styles['copy']} title={label ?? 'Copy'} onClick={() => copy(text)}>
      <span className="hl-code">{text}</span>
      <Icon name={isCopied ? 'check' : 'copy'} width={12} height={12} />
      <span className="hl-hidden" aria-live="polite">
        {isCopied ? 'Copied' : (label ?? 'Copy')}
      </span>
    </button>
  )
}

/** A button that copies text which is too long to show. */
export function CopyButton({ text, children }: { text: () => string; children: string }) {
  const [isCopied, copy] = useCopy()
  return (
    <Button size="compact-sm" variant="default" onClick={() => copy(text())}>
      <span aria-live="polite">{isCopied ? 'Copied' : children}</span>
    </Button>
  )
}
