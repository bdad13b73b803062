import { Canvas } from '@heavylift/ui'
import { useMemo, useState } from 'react'
import { hueOf, jobsOfGpus } from './gpu-jobs.ts'
import type { PictureNode, PictureRun } from './gpu-jobs.ts'

const labelWidth = 46
const gap = 10

/** Every GPU a cell, nodes in rows below their rack, coloured by job; free cells are hollow, nodes that are out are crossed. */
export function RackPicture({
  nodes,
  runs,
  atS,
  chosen,
  onChoose,
}: {
  nodes: readonly PictureNode[]
  runs: readonly PictureRun[]
  atS: number
  /** Drawn bright, the others pale. */
  chosen: number | null
  onChoose: (job: number | null) => void
}) {
  const racks = useMemo(() => {
    const byRack = new Map<string, number[]>()
    nodes.forEach(({ rack }, i) => byRack.set(rack, [...(byRack.get(rack) ?? []), i]))
    return [...byRack]
  }, [nodes])
  const cellsPerNode = Math.max(1, ...nodes.map(({ gpus }) => gpus))
  const tallest = Math.max(1, ...racks.map(([, members]) => members.length))
  const jobs = useMemo(() => jobsOfGpus(nodes, runs, atS), [nodes, runs, atS])

  /** Racks beside each other as the width allows. */
  const layout = (width: number) => {
    const most = Math.max(1, Math.min(racks.length, Math.floor((width + gap) / 175)))
    // Rows as even as can be: three and three rather than five and one.
    const columns = Math.ceil(racks.length / Math.ceil(racks.length / most))
    const rackWidth = (width - gap * (columns - 1)) / columns
    const cell = Math.max(3, Math.min(18, (rackWidth - labelWidth) / cellsPerNode))
    const rackHeight = tallest * (cell + 2) + 22
    return { columns, rackWidth, cell, rackHeight, height: Math.ceil(racks.length / columns) * rackHeight }
  }
  const placeOf = (
    rack: number,
    row: number,
    { columns, rackWidth, cell, rackHeight }: ReturnType<typeof layout>,
  ) => ({
    x: (rack % columns) * (rackWidth + gap),
    y: Math.floor(rack / columns) * rackHeight + 18 + row * (cell + 2),
  })
  const [height, setHeight] = useState(2 * tallest * 20)
  const used = jobs.flat().filter((job) => job !== null).length
  return (
    <Canvas
      label={`${nodes.length} nodes in ${racks.length} racks; ${used} of ${jobs.flat().length} GPUs have a job`}
      wakesAtOnce
      style={{ width: '100%', height, display: 'block', cursor: 'pointer' }}
      onClick={(event) => {
        const box = event.currentTarget.getBoundingClientRect()
        const shape = layout(box.width)
        const [x, y] = [event.clientX - box.left, event.clientY - box.top]
        for (const [rack, [, members]] of racks.entries()) {
          for (const [row, node] of members.entries()) {
            const place = placeOf(rack, row, shape)
            const at = Math.floor((x - place.x - labelWidth) / shape.cell)
            if (y < place.y || y >= place.y + shape.cell + 2 || at < 0 || at >= jobs[node]!.length) continue
            return onChoose(jobs[node]![at]?.id ?? null)
          }
        }
        onChoose(null)
      }}
      draw={(ctx, { size, palette }) => {
        ctx.clearRect(0, 0, size.width, size.height)
        const shape = layout(size.width)
        // How many racks fit beside each other is known only here.
        if (shape.height !== height) setHeight(shape.height)
        ctx.font = '11px system-ui, sans-serif'
        ctx.textBaseline = 'middle'
        for (const [rack, [name, members]] of racks.entries()) {
          const top = placeOf(rack, 0, shape)
          ctx.fillStyle = palette.ink
          ctx.fillText(`rack ${name}`, top.x, top.y - 9)
          for (const [row, node] of members.entries()) {
            const { x, y } = placeOf(rack, row, shape)
            const isOut = nodes[node]!.state !== 'up'
            if (shape.cell >= 9) {
              ctx.fillStyle = palette.ink2
              ctx.fillText(nodes[node]!.name.slice(-6), x, y + shape.cell / 2)
            }
            jobs[node]!.forEach((job, i) => {
              const left = x + labelWidth + i * shape.cell
              const side = shape.cell - 1.5
              if (job !== null) {
                const isPale = chosen !== null && job.id !== chosen
                ctx.fillStyle = `hsl(${hueOf(job.id)} 55% 50% / ${isPale ? 0.22 : 1})`
                ctx.fillRect(left, y, side, side)
                if (job.id === chosen) {
                  ctx.strokeStyle = palette.ink
                  ctx.lineWidth = 1.5
                  ctx.strokeRect(left + 0.75, y + 0.75, side - 1.5, side - 1.5)
                }
                return
              }
              ctx.strokeStyle = isOut ? palette.bad : palette.line
              ctx.lineWidth = 1
              ctx.strokeRect(left + 0.5, y + 0.5, side - 1, side - 1)
              if (!isOut) return
              ctx.beginPath()
              ctx.moveTo(left, y)
              ctx.lineTo(left + side, y + side)
              ctx.moveTo(left + side, y)
              ctx.lineTo(left, y + side)
              ctx.stroke()
            })
          }
        }
      }}
    />
  )
}
