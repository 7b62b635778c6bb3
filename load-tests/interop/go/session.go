package main

import (
	"context"
	"regexp"
	"strings"
	"sync"
	"time"

	"github.com/gammazero/nexus/v3/client"
	"github.com/gammazero/nexus/v3/transport/serialize"
	"github.com/gammazero/nexus/v3/wamp"
)

const answerWithin = 15 * time.Second

var (
	// the client's names for RawSocket over TCP, and over TLS
	schemes     = strings.NewReplacer("rss://", "tcps://", "rs://", "tcp://")
	serializers = map[string]serialize.Serialization{"json": client.JSON, "msgpack": client.MSGPACK, "cbor": client.CBOR}
	errorURI    = regexp.MustCompile(`wamp\.error\.[a-z_]+`)
	operations  = map[string]func(*session, *command) (any, error){
		"subscribe": (*session).subscribe, "unsubscribe": (*session).unsubscribe, "publish": (*session).publish,
		"register": (*session).register, "unregister": (*session).unregister, "call": (*session).call,
		"close": (*session).close, "session_id": (*session).id, "serve": (*session).serve,
		"subscribe_disclosed": (*session).subscribeDisclosed, "parts": (*session).parts,
		"feed": (*session).feed, "begin": (*session).begin, "cancel": (*session).cancel,
	}
)

// session is one of the client's, and what a command asks for done with it.
type session struct {
	client *client.Client
	values values
	say    func(any)
	mutex  sync.Mutex
	held   map[string]string // the topic or procedure of a tag: the client unsubscribes and unregisters by these
	calls  map[string]*pending
}

func open(c *command, say func(any)) (*session, wamp.Dict, error) {
	config := client.Config{
		Realm:           c.Realm,
		Serialization:   serializers[c.Serializer],
		ResponseTimeout: answerWithin,
	}
	answered := false
	if c.Login != nil {
		if err := c.Login.configure(&config, &answered); err != nil {
			return nil, nil, err
		}
	}
	connecting, cancel := context.WithTimeout(context.Background(), answerWithin)
	defer cancel()
	connected, err := c.connect(connecting, config)
	if err != nil {
		return nil, nil, refusedToJoin(err, answered)
	}
	s := &session{
		client: connected,
		values: values{binaryAsString: c.Serializer == "json"},
		say:    say,
		held:   map[string]string{},
		calls:  map[string]*pending{},
	}
	details := connected.RealmDetails()
	return s, wamp.Dict{"authid": details["authid"], "authrole": details["authrole"],
		"authmethod": details["authmethod"]}, nil
}

func (c *command) connect(ctx context.Context, config client.Config) (*client.Client, error) {
	if c.Login != nil && len(c.Login.Headers) > 0 {
		return c.Login.connectWithHeaders(ctx, c.URL, config)
	}
	return client.ConnectNet(ctx, schemes.Replace(c.URL), config)
}

// refusedToJoin tells what became of a login: of an ABORT after a challenge, the client tells the message only.
func refusedToJoin(err error, answered bool) error {
	if answered {
		return refusal{Args: wamp.List{err.Error()}, Kwargs: wamp.Dict{}}
	}
	return refused(err)
}

// refused finds the URI in what the client says of an ERROR; what has none was no answer of the router.
func refused(err error) error {
	if err == nil {
		return nil
	}
	uri := errorURI.FindString(err.Error())
	if uri == "" {
		return err
	}
	return refusal{URI: uri, Args: wamp.List{}, Kwargs: wamp.Dict{}}
}

func (s *session) hold(tag, uri string) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.held[tag] = uri
}

func (s *session) release(tag string) string {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	defer delete(s.held, tag)
	return s.held[tag]
}

func (s *session) tell(tag, topic string, args wamp.List, kwargs wamp.Dict) {
	line := s.values.payload(args, kwargs)
	line["event"] = tag
	line["topic"] = topic
	s.say(line)
}

func (s *session) subscribe(c *command) (any, error) {
	handler := func(event *wamp.Event) {
		topic, ok := wamp.AsString(event.Details["topic"])
		if !ok {
			topic = c.Topic
		}
		s.tell(c.Tag, topic, event.Arguments, event.ArgumentsKw)
	}
	if err := s.client.Subscribe(c.Topic, handler, c.Options); err != nil {
		return nil, refused(err)
	}
	s.hold(c.Tag, c.Topic)
	return nil, nil
}

func (s *session) unsubscribe(c *command) (any, error) {
	return nil, refused(s.client.Unsubscribe(s.release(c.Tag)))
}

// publish waits for PUBLISHED if an acknowledgement was asked for.
func (s *session) publish(c *command) (any, error) {
	if err := s.client.Publish(c.Topic, c.Options, c.Args, c.Kwargs); err != nil {
		return nil, refused(err)
	}
	acknowledged, _ := c.Options["acknowledge"].(bool)
	return wamp.Dict{"acknowledged": acknowledged}, nil
}

func (s *session) register(c *command) (any, error) {
	behaviours := map[string]func(*wamp.Invocation) client.InvokeResult{
		"echo": func(invocation *wamp.Invocation) client.InvokeResult {
			return client.InvokeResult{Args: invocation.Arguments, Kwargs: invocation.ArgumentsKw}
		},
		"fail": func(invocation *wamp.Invocation) client.InvokeResult {
			return client.InvokeResult{
				Err: wamp.URI(c.URI), Args: invocation.Arguments, Kwargs: invocation.ArgumentsKw}
		},
		"who": func(*wamp.Invocation) client.InvokeResult {
			return client.InvokeResult{Args: wamp.List{c.Tag}}
		},
	}
	behave := behaviours[c.Behaviour]
	handler := func(_ context.Context, invocation *wamp.Invocation) client.InvokeResult { return behave(invocation) }
	return nil, s.serveAs(c, handler)
}

func (s *session) serveAs(c *command, handler client.InvocationHandler) error {
	if err := s.client.Register(c.Procedure, handler, c.Options); err != nil {
		return refused(err)
	}
	s.hold(c.Tag, c.Procedure)
	return nil
}

func (s *session) unregister(c *command) (any, error) {
	return nil, refused(s.client.Unregister(s.release(c.Tag)))
}

func (s *session) call(c *command) (any, error) {
	result, err := s.client.Call(context.Background(), c.Procedure, c.Options, c.Args, c.Kwargs, nil)
	if err != nil {
		return nil, s.failed(err)
	}
	return s.values.payload(result.Arguments, result.ArgumentsKw), nil
}

func (s *session) failed(err error) error {
	failure, ok := err.(client.RPCError)
	if !ok {
		return err
	}
	return refusal{
		URI:    string(failure.Err.Error),
		Args:   s.values.toAnswer(failure.Err.Arguments),
		Kwargs: s.values.toAnswer(failure.Err.ArgumentsKw),
	}
}

func (s *session) close(*command) (any, error) {
	return nil, s.client.Close()
}
