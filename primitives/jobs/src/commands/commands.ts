import type { Command, CompleteWord } from '@heavylift/core'

const jobWords: CompleteWord = async (input) => (await import('./complete.ts')).completeJob(input)
const id = {
  name: 'id',
  summary: 'The id, or as much of its beginning as names one job.',
  complete: jobWords,
}

/** Subcommands of `heavylift jobs`. They read the folder of ledgers, so they need no server. */
export const commands: Command[] = [
  {
    name: 'list',
    summary: 'Lists jobs, newest first, whichever process runs them.',
    run: async (input) => (await import('./list.ts')).runList(input),
  },
  {
    name: 'show',
    summary: 'Shows a job: progress, failed inputs, what happened and what was done about it.',
    args: [id],
    run: async (input) => (await import('./show.ts')).runShow(input),
  },
  {
    name: 'cancel',
    summary: 'Stops a job, whichever process runs it. What it has is kept.',
    args: [id],
    run: async (input) => (await import('./cancel.ts')).runCancel(input),
  },
  {
    name: 'resume',
    summary: 'Goes on with a job that was cancelled, failed or killed, in this process, with progress.',
    args: [id],
    options: [{ flags: '--slurm', summary: 'On the configured cluster, wherever it ran before.' }],
    run: async (input) => (await import('./resume.ts')).runResume(input),
  },
  {
    name: 'delete',
    summary: 'Deletes a job that nobody works on, with its results.',
    args: [id],
    isDestructive: true,
    run: async (input) => (await import('./delete.ts')).runDelete(input),
  },
  {
    name: 'nodes',
    summary: 'Shows the nodes that jobs run on: busy now and over the last 15 minutes, crashes, preemptions.',
    run: async (input) => (await import('./nodes.ts')).runNodes(input),
  },
  {
    name: 'demo-cluster',
    summary:
      'Starts a real Slurm on this machine to try jobs on, until Ctrl-C: as root, with slurm-wlm and munge of Debian.',
    options: [
      { flags: '--nodes <number>', summary: 'How many nodes, of two cores each. Default 2.' },
      { flags: '--sample', summary: 'Runs the sample job on it, and ends.' },
    ],
    run: async (input) => (await import('./demo-cluster.ts')).runDemoCluster(input),
  },
  {
    name: 'sample',
    summary: 'Runs a small sample job of 4,000 inputs in this process, to look at.',
    options: [
      { flags: '--slurm', summary: 'On the configured cluster.' },
      { flags: '--round <name>', summary: 'Another name makes another job; the same goes on with it.' },
    ],
    run: async (input) => (await import('./sample.ts')).runSampleCommand(input),
  },
]
