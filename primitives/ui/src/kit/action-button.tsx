import { Button } from '@mantine/core'
import type { ButtonProps } from '@mantine/core'
import { useRef } from 'react'
import type { ReactNode } from 'react'
import { useShortcut } from './shortcuts.ts'
import styles from './action-button.module.css'

/**
 * A page's main action, reachable by one key as well. The key stands beside the label, in the tooltip, and in the sheet behind `?`.
 */
export function ActionButton({
  label,
  shortcut,
  onAct,
  children,
  ...rest
}: {
  /** What it does; also what is read out. */
  label: string
  /** As `KeyboardEvent.key` names it: `n` for something new. */
  shortcut: string
  onAct: () => void
  /** Instead of the label, e.g. with an icon. */
  children?: ReactNode
} & Omit<ButtonProps, 'children'>) {
  const button = useRef<HTMLButtonElement>(null)
  const isOff = rest.disabled === true || rest.loading === true
  useShortcut(
    shortcut,
    label,
    () => {
      button.current?.focus()
      onAct()
    },
    !isOff,
  )
  return (
    <Button
      ref={button}
      size="compact-md"
      title={`${label} (${shortcut.toUpperCase()})`}
      aria-keyshortcuts={shortcut}
      onClick={onAct}
      rightSection={
        <kbd className={styles['key']} aria-hidden="true">
          {shortcut.toUpperCase()}
        </kbd>
      }
      {...rest}
    >
      {children ?? label}
    </Button>
  )
}
