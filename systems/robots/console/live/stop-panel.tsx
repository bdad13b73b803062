import { Button, Checkbox, Modal, TextInput } from '@mantine/core'
import { ActionButton, ErrorState, formatCount } from '@heavylift/ui'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import styles from './live.module.css'

/** A floor's emergency stop. */
export interface Stopping {
  stop: (reason: string) => Promise<unknown>
  /** First step of a release. */
  ask: () => Promise<{ token: string }>
  release: (token: string, reason: string) => Promise<unknown>
}

/** The emergency stop: one press stops every robot; a release takes two steps and a reason. */
export function StopButton({ stop }: { stop: Stopping['stop'] }) {
  const stopping = useMutation({ mutationFn: () => stop('Emergency stop from the console') })
  return (
    <>
      <ActionButton
        label="Emergency stop"
        shortcut="e"
        variant="default"
        // The red of the theme, which can be read in light and dark.
        style={{ color: 'var(--hl-bad)', borderColor: 'var(--hl-bad)', borderWidth: 2 }}
        loading={stopping.isPending}
        onAct={() => stopping.mutate()}
      />
      <Modal
        opened={stopping.isError}
        onClose={() => stopping.reset()}
        title="The floor was not told to stop"
        closeButtonProps={{ 'aria-label': 'Close' }}
      >
        <div className="hl-stack">
          <p>Stop the robots by hand, by their own buttons or by the floor’s, if anybody is in danger.</p>
          <ErrorState error={stopping.error} retry={() => stopping.mutate()} />
        </div>
      </Modal>
    </>
  )
}

/** @param notSeen robots that have been told and have not said that they stand */
export function StoppedBanner({
  reason,
  of,
  notSeen = 0,
}: {
  reason: string
  of: Stopping
  notSeen?: number
}) {
  const [isOpen, setOpen] = useState(false)
  return (
    <div className={styles['stopped']} role="alert">
      <strong>
        {notSeen === 0
          ? 'All robots stand.'
          : `All robots are told to stand, and ${formatCount(notSeen)} have not said that they do.`}
      </strong>{' '}
      <span>{reason}</span>
      <Button size="compact-md" variant="default" onClick={() => setOpen(true)}>
        Release…
      </Button>
      {isOpen ? <ReleaseDialog of={of} onClose={() => setOpen(false)} /> : null}
    </div>
  )
}

function ReleaseDialog({ of, onClose }: { of: Stopping; onClose: () => void }) {
  const [isClear, setClear] = useState(false)
  const [reason, setReason] = useState('')
  const checking = useMutation({ mutationFn: () => of.ask() })
  const releasing = useMutation({
    mutationFn: (token: string) => of.release(token, reason),
    onSuccess: onClose,
  })
  const token = checking.data?.token
  return (
    <Modal opened onClose={onClose} title="Release the floor" closeButtonProps={{ 'aria-label': 'Close' }}>
      {token === undefined ? (
        <form
          className="hl-stack"
          onSubmit={(event) => {
            event.preventDefault()
            checking.mutate()
          }}
        >
          <p>Step 1 of 2. Look at the floor first.</p>
          <Checkbox
            label="Nobody is in the aisles, and what stopped the floor is over"
            checked={isClear}
            onChange={(event) => setClear(event.currentTarget.checked)}
          />
          {checking.isError ? <ErrorState error={checking.error} /> : null}
          <Button type="submit" disabled={!isClear} loading={checking.isPending}>
            The floor is clear
          </Button>
        </form>
      ) : (
        <form
          className="hl-stack"
          onSubmit={(event) => {
            event.preventDefault()
            releasing.mutate(token)
          }}
        >
          <p>Step 2 of 2, within a minute. Robots move again at once.</p>
          <TextInput
            label="Why it may go on"
            required
            minLength={3}
            data-autofocus
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          {releasing.isError ? <ErrorState error={releasing.error} /> : null}
          <Button type="submit" color="red" loading={releasing.isPending} disabled={reason.trim().length < 3}>
            Release all robots
          </Button>
        </form>
      )}
    </Modal>
  )
}
