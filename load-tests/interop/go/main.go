// The agent over nexus's Go client: one JSON command a line in, one JSON answer a line out, see ../suite.
//
// Bytes are written {"$bytes": "<hex>"} in commands and answers.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"os"
	"sync"

	"github.com/gammazero/nexus/v3/wamp"
)

// What the suite asks for; each operation reads the fields that it needs.
type command struct {
	ID         int       `json:"id"`
	Op         string    `json:"op"`
	Session    string    `json:"session"`
	URL        string    `json:"url"`
	Realm      string    `json:"realm"`
	Serializer string    `json:"serializer"`
	Login      *login    `json:"login"`
	Tag        string    `json:"tag"`
	Topic      string    `json:"topic"`
	Procedure  string    `json:"procedure"`
	Behaviour  string    `json:"behaviour"`
	URI        string    `json:"uri"`
	Mode       string    `json:"mode"`
	Options    wamp.Dict `json:"options"`
	Args       wamp.List `json:"args"`
	Kwargs     wamp.Dict `json:"kwargs"`
}

// refusal is an ERROR or ABORT of the router, or of the callee behind it.
type refusal struct {
	URI    string `json:"uri"`
	Args   any    `json:"args"`
	Kwargs any    `json:"kwargs"`
}

func (r refusal) Error() string { return r.URI }

type agent struct {
	out      sync.Mutex
	mutex    sync.Mutex
	sessions map[string]*session
}

// say writes one line.
func (a *agent) say(line any) {
	text, err := json.Marshal(line)
	if err != nil {
		log.Fatalf("cannot write %v: %v", line, err)
	}
	a.out.Lock()
	defer a.out.Unlock()
	os.Stdout.Write(append(text, '\n'))
}

func (a *agent) perform(c *command) (any, error) {
	if c.Op == "open" {
		opened, welcome, err := open(c, a.say)
		if err != nil {
			return nil, err
		}
		a.mutex.Lock()
		defer a.mutex.Unlock()
		a.sessions[c.Session] = opened
		return welcome, nil
	}
	a.mutex.Lock()
	s := a.sessions[c.Session]
	a.mutex.Unlock()
	if s == nil {
		return nil, fmt.Errorf("there is no session %s", c.Session)
	}
	c.Args, _ = s.values.fromCommand(c.Args).(wamp.List)
	c.Kwargs, _ = s.values.fromCommand(c.Kwargs).(wamp.Dict)
	operation, ok := operations[c.Op]
	if !ok {
		return nil, fmt.Errorf("there is no operation %s", c.Op)
	}
	return operation(s, c)
}

func (a *agent) answer(c *command) {
	answer, err := a.perform(c)
	switch failure := err.(type) {
	case nil:
		if answer == nil {
			answer = wamp.Dict{}
		}
		a.say(wamp.Dict{"id": c.ID, "ok": answer})
	case refusal:
		a.say(wamp.Dict{"id": c.ID, "error": failure})
	default:
		a.say(wamp.Dict{"id": c.ID, "failed": err.Error()})
	}
}

func main() {
	a := &agent{sessions: map[string]*session{}}
	lines := bufio.NewReader(os.Stdin)
	for {
		line, err := lines.ReadBytes('\n')
		if err == io.EOF {
			return
		}
		if err != nil {
			log.Fatal(err)
		}
		c, err := parse(line)
		if err != nil {
			log.Fatalf("%s: %v", line, err)
		}
		if c.Op == "publish" {
			a.answer(c) // in the order of the commands
		} else {
			go a.answer(c)
		}
	}
}
