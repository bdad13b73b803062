import { expect, test } from 'vitest'
import { sayFact } from '../../src/requirements/say-fact.ts'
import { factsOf } from '../../src/facts/fact-set.ts'
import { extractFiles } from '../packs/fixture.ts'

test('a command of cobra that is one of another is called by the names of both [SPEC-EXTRACT-07]', async () => {
  const { set } = await extractFiles({
    'go.mod': 'module example.com/lamp\n\ngo 1.24\n\nrequire github.com/spf13/cobra v1.9.1\n',
    'main.go': `package main

import "github.com/spf13/cobra"

var root = &cobra.Command{Use: "lamp"}
var keeper = &cobra.Command{Use: "keeper"}
var wick = &cobra.Command{Use: "wick"}

func trim(name string) *cobra.Command {
	cmd := &cobra.Command{Use: "trim LENGTH"}
	cmd.AddCommand(&cobra.Command{Use: "back"})
	return cmd
}

func init() {
	root.AddCommand(keeper, wick)
	keeper.AddCommand(&cobra.Command{Use: "list"})
	wick.AddCommand(&cobra.Command{Use: "list"}, trim("wick"))
}

func main() { root.Execute() }
`,
  })
  expect(
    factsOf(set.facts, 'command')
      .map(({ name }) => name)
      .toSorted(),
  ).toEqual(['keeper', 'keeper list', 'wick', 'wick list', 'wick trim', 'wick trim back'])
})

test('which command of a program of Go runs is no setting [SPEC-EXTRACT-01]', async () => {
  const { set } = await extractFiles({
    'go.mod': 'module example.com/lamp\n\ngo 1.24\n\nrequire github.com/gorilla/mux v1.8.1\n',
    'main.go': `package main

import (
	"flag"
	"net/http"
	"os"

	"github.com/gorilla/mux"
)

func main() { os.Exit(run(os.Args[1:])) }

func run(args []string) int {
	flags := flag.NewFlagSet("lamp", flag.ContinueOnError)
	if err := flags.Parse(args); err != nil {
		return 2
	}
	command := flags.Arg(0)
	switch command {
	case "serve", "":
		return serve()
	case "version":
		return 0
	default:
		return 2
	}
}

func serve() int {
	router := mux.NewRouter()
	router.HandleFunc("/lamps", func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(204) }).Methods("GET")
	if err := http.ListenAndServe(":1", router); err != nil {
		return 1
	}
	return 0
}
`,
  })
  expect(factsOf(set.facts, 'operation').map((one) => sayFact(one, 'GET /lamps'))).toEqual([
    'THE service SHALL answer GET /lamps.',
  ])
})
