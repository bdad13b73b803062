import { Button, Modal, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { ReactNode } from 'react'
import { formatCount } from './format.ts'
import { ErrorState } from './states.tsx'
import styles from './confirm-dialog.module.css'

/** How many of what an act takes away or changes. */
export interface Going {
  count: number
  /** `products`, `conversations` */
  what: string
}

/**
 * Asks before an act that takes something away: says what goes and how much of it, and whether it can come back. The way out is
 * chosen first, so that Enter alone destroys nothing. With `word`, it has to be typed.
 */
export function ConfirmDialog({
  isOpen,
  title,
  going = [],
  children,
  confirm,
  cancel = 'Keep it',
  word,
  isBusy = false,
  error = null,
  onConfirm,
  onCancel,
}: {
  isOpen: boolean
  /** The question: `Revoke “Web shop”?` */
  title: string
  going?: readonly Going[]
  /** What follows from it, and whether it can be undone. */
  children: ReactNode
  /** The act as a verb with its object: `Revoke key`. */
  confirm: string
  cancel?: string
  word?: string
  isBusy?: boolean
  error?: unknown
  onConfirm: () => void
  onCancel: () => void
}) {
  const [typed, setTyped] = useState('')
  const close = () => {
    setTyped('')
    onCancel()
  }
  return (
    <Modal
      opened={isOpen}
      onClose={close}
      title={title}
      closeButtonProps={{ 'aria-label': 'Close' }}
      classNames={{ title: styles['title'] ?? '' }}
    >
      <form
        className="hl-stack"
        onSubmit={(event) => {
          event.preventDefault()
          setTyped('')
          onConfirm()
        }}
      >
        {going.length > 0 ? (
          <ul className={styles['going']} aria-label="What goes">
            {going.map(({ count, what }) => (
              <li key={what}>
                <strong className="hl-number">{formatCount(count)}</strong> {what}
              </li>
            ))}
          </ul>
        ) : null}
        <div>{children}</div>
        {word === undefined ? null : (
          <TextInput
            label={`Type ${word} to go on`}
            value={typed}
            autoComplete="off"
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
        )}
        {error === null || error === undefined ? null : <ErrorState error={error} />}
        <div className="hl-row">
          <Button variant="default" onClick={close} data-autofocus>
            {cancel}
          </Button>
          <Button
            type="submit"
            color="red"
            loading={isBusy}
            disabled={word !== undefined && typed.trim() !== word}
          >
            {confirm}
          </Button>
        </div>
      </form>
    </Modal>
  )
}
