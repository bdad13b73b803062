import { Button, NativeSelect, NumberInput, TextInput } from '@mantine/core'
import { ErrorState } from '@heavylift/ui'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { ZoneType } from '../../src/live/words.ts'
import type { CellBox } from './floor-view.ts'
import styles from './live.module.css'

const words: Record<ZoneType, string> = {
  BLOCKED: 'Closed: nobody drives in, who is there leaves',
  SPEED_LIMIT: 'Half speed',
  RELEASE: 'One robot at a time',
  PERSON: 'A person in the aisle: all in it stand',
}

const sides = ['top', 'left', 'bottom', 'right'] as const
const sideWords = { top: 'From row', left: 'From column', bottom: 'To row', right: 'To column' }

/** What kind of zone a box becomes, and why. The numbers follow the mouse, and can be typed instead. */
export function ZoneForm<T extends ZoneType>({
  box,
  types,
  draw,
  onBox,
  onDone,
}: {
  box: CellBox
  /** Kinds of zones that there can be; the first is the usual one. */
  types: readonly [T, ...T[]]
  draw: (zone: CellBox & { type: T; reason: string }) => Promise<unknown>
  onBox: (box: CellBox) => void
  onDone: () => void
}) {
  const [type, setType] = useState<T>(types[0])
  const [reason, setReason] = useState('Spill in the aisle')
  const drawing = useMutation({
    mutationFn: () => draw({ ...box, type, reason }),
    onSuccess: onDone,
  })
  return (
    <form
      className="hl-stack"
      aria-label="New zone"
      onSubmit={(event) => {
        event.preventDefault()
        drawing.mutate()
      }}
    >
      <div className={styles['sides']}>
        {sides.map((side) => (
          <NumberInput
            key={side}
            size="xs"
            label={sideWords[side]}
            value={box[side]}
            min={0}
            max={1999}
            onChange={(value) => onBox({ ...box, [side]: Number(value) || 0 })}
          />
        ))}
      </div>
      <NativeSelect
        size="xs"
        label="What it means"
        value={type}
        data={types.map((value) => ({ value, label: words[value] }))}
        onChange={(event) => setType(event.currentTarget.value as T)}
      />
      <TextInput
        size="xs"
        label="Why"
        required
        minLength={3}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      {drawing.isError ? <ErrorState error={drawing.error} /> : null}
      <div className="hl-row">
        <Button type="submit" size="compact-md" loading={drawing.isPending}>
          Draw the zone
        </Button>
        <Button variant="default" size="compact-md" onClick={onDone}>
          Leave it
        </Button>
      </div>
    </form>
  )
}
