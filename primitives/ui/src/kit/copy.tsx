import { useState } from 'react'
import { Icon } from './icons.tsx'

/** Text that one click copies; says so to eyes and to screen readers. */
export function Copy({ text, label }: { text: string; label?: string }) {
  const [isCopied, setIsCopied] = useState(false)
  const copy = async () => {
    await navigator.clipboard.writeText(text)
    setIsCopied(true)
    setTimeout(() => setIsCopied(false), 1500)
  }
  return (
    <button type="button" className="hl-copy" title={label ?? 'Copy'} onClick={() => void copy()}>
      <span className="hl-code">{text}</span>
      <Icon name={isCopied ? 'check' : 'copy'} width={12} height={12} />
      <span className="hl-hidden" aria-live="polite">
        {isCopied ? 'Copied' : (label ?? 'Copy')}
      </span>
    </button>
  )
}
