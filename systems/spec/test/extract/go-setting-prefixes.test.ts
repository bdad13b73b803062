import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { extractFiles } from '../packs/fixture.ts'

const goMod = { 'go.mod': 'module example.com/harbour\n\ngo 1.22\n' }

const served = (imports: readonly string[], declared: string, begun: string, prefix: string) => `package main

import (
	"github.com/gin-gonic/gin"
${imports.map((one) => `\t${one}\n`).join('')})

${declared}

func main() {
${begun}
	engine := gin.New()
	api := engine.Group(${prefix})
	api.GET("/boats", func(c *gin.Context) { c.JSON(200, gin.H{}) })
	_ = engine.Run()
}
`

const pathsOf = async (files: Record<string, string>) => {
  const { set } = await extractFiles({ ...goMod, ...files })
  return set.facts.flatMap((fact) => (fact.kind === 'operation' ? [fact.path] : []))
}

const getenv = `func getenv(key, def string) string {
	if v := os.Getenv(key); v != "" {
		return v
	}
	return def
}`
const config = (tag: string) => `type Config struct {
	Base string \`${tag}\`
	Port int
}`

test.each([
  [
    'a part of a part of a struct that a function fills',
    ['"os"'],
    `type Config struct {
	HTTP struct {
		Addr string
		Base string
	}
	Dsn string
}

func load() *Config {
	c := new(Config)
	c.HTTP.Addr = getenv("ADDR", ":80")
	c.HTTP.Base = getenv("BASE", "/v1")
	return c
}

${getenv}`,
    'cfg := load()',
    'cfg.HTTP.Base',
  ],
  [
    'a struct with parts that are named types, filled one by one',
    ['"os"'],
    `type Web struct{ Base string }
type Config struct{ Web Web }

func load() Config {
	var c Config
	c.Web.Base = getenv("BASE", "/v1")
	return c
}

${getenv}`,
    'cfg := load()',
    'cfg.Web.Base',
  ],
  [
    'a struct that is written whole',
    ['"os"'],
    `type Config struct{ Base string }

func load() Config { return Config{Base: getenv("BASE", "/v1")} }

func getenv(key, otherwise string) string {
	v, ok := os.LookupEnv(key)
	if !ok {
		return otherwise
	}
	return v
}`,
    'cfg := load()',
    'cfg.Base',
  ],
  [
    'an if after it',
    ['"os"'],
    '',
    '\tbase := os.Getenv("BASE")\n\tif base == "" {\n\t\tbase = "/v1"\n\t}',
    'base',
  ],
  ['cmp.Or', ['"cmp"', '"os"'], '', '\tbase := cmp.Or(os.Getenv("BASE"), "/v1")', 'base'],
  ['a flag', ['"flag"'], '', '\tbase := flag.String("base", "/v1", "")\n\tflag.Parse()', '*base'],
  ['a flag of a package', ['"flag"'], 'var base = flag.String("base", "/v1", "")', '\tflag.Parse()', '*base'],
  [
    'a flag that is kept in a variable',
    ['"flag"'],
    '',
    '\tvar base string\n\tflag.StringVar(&base, "base", "/v1", "")\n\tflag.Parse()',
    'base',
  ],
  [
    'a flag of a set of its own that is kept in a struct',
    ['"flag"'],
    'type Config struct{ Base string }',
    '\tvar cfg Config\n\tfs := flag.NewFlagSet("x", flag.ExitOnError)\n\tfs.StringVar(&cfg.Base, "base", "/v1", "")',
    'cfg.Base',
  ],
  [
    'a flag of pflag',
    ['flag "github.com/spf13/pflag"'],
    '',
    '\tbase := flag.StringP("base", "b", "/v1", "")\n\tflag.Parse()',
    '*base',
  ],
  [
    'viper',
    ['"github.com/spf13/viper"'],
    '',
    '\tviper.SetDefault("http.base", "/v1")\n\tviper.AutomaticEnv()',
    'viper.GetString("http.base")',
  ],
  [
    'a viper of its own',
    ['"github.com/spf13/viper"'],
    '',
    '\tv := viper.New()\n\tv.SetDefault("http.base", "/v1")',
    'v.GetString("http.base")',
  ],
  [
    'a struct that viper fills',
    ['"github.com/spf13/viper"'],
    config('mapstructure:"base_path"'),
    '\tvar cfg Config\n\tviper.SetDefault("BASE_PATH", "/v1")\n\tif err := viper.Unmarshal(&cfg); err != nil {\n\t\tpanic(err)\n\t}',
    'cfg.Base',
  ],
  [
    'a struct with a tag of caarlos0/env',
    ['"github.com/caarlos0/env/v11"'],
    config('env:"BASE" envDefault:"/v1"'),
    '\tcfg := Config{}\n\tif err := env.Parse(&cfg); err != nil {\n\t\tpanic(err)\n\t}',
    'cfg.Base',
  ],
  [
    'what ParseAs gives',
    ['"github.com/caarlos0/env/v11"'],
    config('env:"BASE" envDefault:"/v1"'),
    '\tcfg, err := env.ParseAs[Config]()\n\tif err != nil {\n\t\tpanic(err)\n\t}',
    'cfg.Base',
  ],
  [
    'a struct that a function fills by envconfig, with parts',
    ['"github.com/kelseyhightower/envconfig"'],
    `type Web struct {
	Base string \`split_words:"true" default:"/v1"\`
}
type Config struct{ Web Web }

func load() (*Config, error) {
	var cfg Config
	if err := envconfig.Process("x", &cfg); err != nil {
		return nil, err
	}
	return &cfg, nil
}`,
    '\tcfg, err := load()\n\tif err != nil {\n\t\tpanic(err)\n\t}',
    'cfg.Web.Base',
  ],
  [
    'cleanenv',
    ['"github.com/ilyakaznacheev/cleanenv"'],
    config('env:"BASE" env-default:"/v1"'),
    '\tcfg := &Config{}\n\t_ = cleanenv.ReadEnv(cfg)',
    'cfg.Base',
  ],
  [
    'a tag with the default in it',
    ['"context"', '"github.com/sethvargo/go-envconfig"'],
    config('env:"BASE, default=/v1"'),
    '\tvar cfg Config\n\t_ = envconfig.Process(context.Background(), &cfg)',
    'cfg.Base',
  ],
  [
    'koanf',
    ['"github.com/knadh/koanf/v2"', '"github.com/knadh/koanf/providers/confmap"'],
    '',
    '\tk := koanf.New(".")\n\t_ = k.Load(confmap.Provider(map[string]interface{}{"http.base": "/v1"}, "."), nil)',
    'k.String("http.base")',
  ],
  [
    'a flag of urfave/cli',
    ['"github.com/urfave/cli/v2"'],
    `var flags = []cli.Flag{&cli.StringFlag{Name: "base", Value: "/v1"}}`,
    '\tvar ctx *cli.Context',
    'ctx.String("base")',
  ],
] as const)(
  'takes the default of a setting for the prefix: %s',
  async (_, imports, declared, begun, prefix) => {
    expect(await pathsOf({ 'main.go': served(imports, declared, begun, prefix) })).toEqual(['/v1/boats'])
  },
)

test('what branches of the beginning set to one text or another may be either, so routes below it are there where it is [SPEC-EXTRACT-09]', async () => {
  const { set } = await extractFiles({
    'go.mod': 'module quay\ngo 1.22\nrequire github.com/labstack/echo/v4 v4.12.0\n',
    'conf/conf.go': `package conf
type Kind string
const (
	Port Kind = "port"
	Yard Kind = "yard"
)
type Conf struct {
	Kind Kind
	Raw  string
}
var Now = &Conf{}
`,
    'main.go': `package main
import (
	"os"
	"github.com/labstack/echo/v4"
	"quay/conf"
)
func main() {
	conf.Now.Raw = os.Getenv("KIND")
	switch conf.Now.Raw {
	case "port":
		conf.Now.Kind = conf.Port
	case "yard":
		conf.Now.Kind = conf.Yard
	}
	e := echo.New()
	e.GET("/ropes", one)
	if conf.Now.Kind == conf.Port {
		e.GET("/ships", one)
	}
	e.Start(":80")
}
func one(c echo.Context) error { return c.String(200, "x") }
`,
  })
  expect(
    factsOf(set.facts, 'operation')
      .map(
        ({ path, condition }) =>
          `${path} ${condition
            .flat()
            .map(({ op, value }) => `${op} ${String(value)}`)
            .join()}`,
      )
      .toSorted(),
  ).toEqual(['/ropes ', '/ships == port'])
})
