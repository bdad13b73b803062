/** A job that can run on any number of GPUs from its least to its most. */
export interface ElasticJob {
  least: number
  most: number
  /** Useful work a second on so many GPUs. */
  goodput: (gpus: number) => number
}

/**
 * GPUs for each job so that the product of their speedups over `least` is the highest: what is left goes to the job whose
 * goodput grows by the largest part a GPU (exact where goodput is concave). A job that does not fit with its least gets none; the first come first. After Qiao et
 * al., "Pollux: co-adaptive cluster scheduling for goodput-optimized deep learning" (OSDI '21), with p → 0 in its power mean.
 */
export function shareByGoodput(jobs: readonly ElasticJob[], gpus: number): number[] {
  let free = gpus
  const shares = jobs.map(({ least }) => {
    if (least > free) return 0
    free -= least
    return least
  })
  // Some gain nothing by the next GPU and much by several (two pay for talking to each other, many are worth it): the best growth a GPU.
  const growth = (job: number): { each: number; gpus: number } => {
    const { most, goodput } = jobs[job]!
    const has = shares[job]!
    const best = { each: 0, gpus: 0 }
    for (let more = 1; has > 0 && more <= Math.min(free, most - has); more++) {
      const each = Math.log(goodput(has + more) / goodput(has)) / more
      if (each > best.each) Object.assign(best, { each, gpus: more })
    }
    return best
  }
  while (free > 0) {
    let best = { job: -1, each: 0, gpus: 0 }
    for (let job = 0; job < jobs.length; job++) {
      const next = growth(job)
      if (next.each > best.each) best = { job, ...next }
    }
    if (best.job === -1) break
    shares[best.job]! += best.gpus
    free -= best.gpus
  }
  return shares
}

/**
 * Goodput of data-parallel training: throughput by Amdahl's law with so many seconds of `syncS` a step, times statistical efficiency, which falls
 * as the batch grows with the GPUs over the noise of the gradients (McCandlish et al., arXiv 1812.06162).
 */
export function trainingGoodput(model: {
  /** Of one GPU and its batch. */
  stepS: number
  syncS: number
  /** Gradient noise scale over the batch of one GPU. */
  noise: number
}): (gpus: number) => number {
  const { stepS, syncS, noise } = model
  return (gpus) => {
    const throughput = gpus / (stepS + (gpus > 1 ? syncS : 0))
    return throughput * ((noise + 1) / (noise + gpus))
  }
}
