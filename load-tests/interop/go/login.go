package main

import (
	"context"
	"crypto/ed25519"
	"crypto/tls"
	"crypto/x509"
	"encoding/hex"
	"fmt"
	"log"
	"net/http"
	"os"

	"github.com/gammazero/nexus/v3/client"
	"github.com/gammazero/nexus/v3/transport"
	"github.com/gammazero/nexus/v3/transport/serialize"
	"github.com/gammazero/nexus/v3/wamp"
	"github.com/gammazero/nexus/v3/wamp/crsign"
	"github.com/gorilla/websocket"
)

// login is who logs in, and by what.
type login struct {
	Method      string            `json:"method"`
	Authid      string            `json:"authid"`
	Secret      string            `json:"secret"`
	Headers     map[string]string `json:"headers"`
	Certificate *certificate      `json:"certificate"`
}

// certificate is what the client shows, with its key, and the authority that it trusts, in PEM.
type certificate struct {
	Certificate string `json:"certificate"`
	Key         string `json:"key"`
	Authority   string `json:"authority"`
}

// configure gives the client what it needs for the method; answered tells whether there was a challenge.
func (l *login) configure(config *client.Config, answered *bool) error {
	config.HelloDetails = wamp.Dict{}
	if l.Authid != "" {
		config.HelloDetails["authid"] = l.Authid
	}
	if l.Certificate != nil {
		shown, err := tls.X509KeyPair([]byte(l.Certificate.Certificate), []byte(l.Certificate.Key))
		if err != nil {
			return err
		}
		trusted := x509.NewCertPool()
		trusted.AppendCertsFromPEM([]byte(l.Certificate.Authority))
		config.TlsCfg = &tls.Config{Certificates: []tls.Certificate{shown}, RootCAs: trusted}
	}
	respond, err := l.responder(config.HelloDetails)
	if err != nil {
		return err
	}
	config.AuthHandlers = map[string]client.AuthFunc{
		l.Method: func(challenge *wamp.Challenge) (string, wamp.Dict) {
			*answered = true
			return respond(challenge), wamp.Dict{}
		},
	}
	return nil
}

func (l *login) responder(hello wamp.Dict) (func(*wamp.Challenge) string, error) {
	switch l.Method {
	case "ticket", "jwt", "tls": // with tls there is no challenge
		return func(*wamp.Challenge) string { return l.Secret }, nil
	case "wampcra":
		return func(challenge *wamp.Challenge) string { return crsign.RespondChallenge(l.Secret, challenge, nil) }, nil
	case "cryptosign":
		return l.cryptosign(hello)
	}
	return nil, fmt.Errorf("there is no method %s", l.Method)
}

// connectWithHeaders does what client.ConnectNet does, which has no place for headers. In JSON, as all logins are.
func (l *login) connectWithHeaders(ctx context.Context, url string, config client.Config) (*client.Client, error) {
	headers := http.Header{}
	for name, value := range l.Headers {
		headers.Set(name, value)
	}
	dialer := websocket.Dialer{Subprotocols: []string{"wamp.2.json"}}
	connection, _, err := dialer.DialContext(ctx, url, headers)
	if err != nil {
		return nil, err
	}
	config.Logger = log.New(os.Stderr, "", 0)
	peer := transport.NewWebsocketPeer(
		connection, &serialize.JSONSerializer{}, websocket.TextMessage, config.Logger, 0, 0)
	return client.NewClient(peer, config)
}

// cryptosign is not part of the client: it has a place for the answer, and the application signs.
func (l *login) cryptosign(hello wamp.Dict) (func(*wamp.Challenge) string, error) {
	seed, err := hex.DecodeString(l.Secret)
	if err != nil {
		return nil, err
	}
	key := ed25519.NewKeyFromSeed(seed)
	hello["authextra"] = wamp.Dict{"pubkey": hex.EncodeToString(key.Public().(ed25519.PublicKey))}
	return func(challenge *wamp.Challenge) string {
		text, _ := wamp.AsString(challenge.Extra["challenge"])
		octets, _ := hex.DecodeString(text)
		return hex.EncodeToString(ed25519.Sign(key, octets)) + text
	}, nil
}
