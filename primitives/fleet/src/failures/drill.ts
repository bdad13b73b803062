import type { Random } from '@heavylift/core'

export interface DrillOptions {
  /** Machines that one long job holds, and those that stand by. */
  nodes: number
  spares: number
  nodesPerRack: number
  /** Of one machine, and of a rack, which takes all its machines with it. */
  nodeMtbfS: number
  rackMtbfS: number
  repairS: number
  /** Until a failure is noticed, and then until the job runs again on other machines. */
  detectS: number
  restartS: number
  checkpointEveryS: number
  checkpointCostS: number
  /** A machine that turns slow: how often, how slow, and how long until it is found and replaced. */
  straggler?: { mtbfS: number; factor: number; detectS: number }
  /** Results that turn wrong without a sign: how often, and after how many checkpoints a check finds it. */
  silent?: { mtbfS: number; checkEvery: number }
  horizonS: number
}

export interface DrillResult {
  /** Work that lasts over time. */
  goodput: number
  failures: number
  /** Machine-seconds by what they were lost to. */
  lostS: {
    rework: number
    detection: number
    restart: number
    checkpoints: number
    noSpare: number
    slow: number
    silent: number
  }
}

/** One gang on a cluster that fails, played over a horizon. */
export function playDrill(options: DrillOptions, random: Random): DrillResult {
  const exponential = (meanS: number) => -Math.log(1 - random.next()) * meanS
  const lost = { rework: 0, detection: 0, restart: 0, checkpoints: 0, noSpare: 0, slow: 0, silent: 0 }
  const racks = Math.ceil((options.nodes + options.spares) / options.nodesPerRack)
  const broken: number[] = []
  let nowS = 0
  let savedS = 0
  /** Checkpointed work since the last check for silent faults. */
  let uncheckedS: number[] = []
  let failures = 0
  let nextNodeS = exponential(options.nodeMtbfS / options.nodes)
  let nextRackS = exponential(options.rackMtbfS / racks)
  let nextSlowS =
    options.straggler === undefined ? Infinity : exponential(options.straggler.mtbfS / options.nodes)
  let nextWrongS = options.silent === undefined ? Infinity : exponential(options.silent.mtbfS / options.nodes)
  let slowUntilS = 0
  let isWrong = false
  while (nowS < options.horizonS) {
    const slow = nowS < slowUntilS ? options.straggler!.factor : 1
    const segmentS = options.checkpointEveryS * slow + options.checkpointCostS
    const failS = Math.min(nextNodeS, nextRackS)
    if (failS >= nowS + segmentS) {
      nowS += segmentS
      savedS += options.checkpointEveryS
      uncheckedS.push(options.checkpointEveryS)
      lost.checkpoints += options.checkpointCostS
      lost.slow += options.checkpointEveryS * (slow - 1)
      if (nextSlowS < nowS) {
        slowUntilS = nowS + options.straggler!.detectS
        nextSlowS = nowS + exponential(options.straggler!.mtbfS / options.nodes)
      }
      if (nextWrongS < nowS) {
        isWrong = true
        nextWrongS = nowS + exponential(options.silent!.mtbfS / options.nodes)
      }
      if (options.silent !== undefined && uncheckedS.length >= options.silent.checkEvery) {
        if (isWrong) {
          const backS = uncheckedS.reduce((sum, one) => sum + one, 0)
          savedS -= backS
          lost.silent += backS
          isWrong = false
        }
        uncheckedS = []
      }
      continue
    }
    failures++
    const isRack = nextRackS < nextNodeS
    lost.rework += Math.max(0, failS - nowS)
    nowS = Math.max(nowS, failS)
    const gone = isRack ? Math.min(options.nodesPerRack, options.nodes) : 1
    for (let i = 0; i < gone; i++) broken.push(nowS + options.repairS)
    if (isRack) nextRackS = nowS + exponential(options.rackMtbfS / racks)
    nextNodeS = nowS + exponential(options.nodeMtbfS / options.nodes)
    nowS += options.detectS
    lost.detection += options.detectS
    broken.sort((a, b) => a - b)
    while (broken.length > 0 && broken[0]! <= nowS) broken.shift()
    if (broken.length > options.spares) {
      const untilS = broken[broken.length - options.spares - 1]!
      lost.noSpare += untilS - nowS
      nowS = untilS
      while (broken.length > 0 && broken[0]! <= nowS) broken.shift()
    }
    nowS += options.restartS
    lost.restart += options.restartS
    slowUntilS = 0
    if (nextNodeS < nowS) nextNodeS = nowS + exponential(options.nodeMtbfS / options.nodes)
    if (nextRackS < nowS) nextRackS = nowS + exponential(options.rackMtbfS / racks)
  }
  return { goodput: savedS / nowS, failures, lostS: lost }
}
