// The nexus router with all that it has listening, for ./weft load compare and ./weft conformance compare.
package main

import (
	"flag"
	"fmt"
	"io"
	"log"
	"os"

	"github.com/gammazero/nexus/v3/router"
)

func main() {
	host := flag.String("host", "127.0.0.1", "address of all ports")
	raw := flag.Int("rawsocket", 0, "port")
	rawTLS := flag.Int("rawsocket-tls", 0, "port")
	web := flag.Int("websocket", 0, "port")
	webTLS := flag.Int("websocket-tls", 0, "port")
	certificate := flag.String("certificate", "", "PEM file")
	key := flag.String("key", "", "PEM file")
	flag.Parse()

	// What is off by default and costs nothing where it is not asked for is on: the conformance suite asks for it.
	realm := &router.RealmConfig{URI: "realm1", AnonymousAuth: true, AllowDisclose: true, EnableMetaKill: true, EnableMetaModify: true}
	realm.TopicEventHistoryConfigs = []*router.TopicEventHistoryConfig{{Topic: "com.example.conformance.history", MatchPolicy: "exact", Limit: 1000}}
	nexus, err := router.NewRouter(&router.Config{RealmConfigs: []*router.RealmConfig{realm}}, log.New(os.Stderr, "", 0))
	check(err)
	rawServer := router.NewRawSocketServer(nexus)
	_, err = rawServer.ListenAndServe("tcp", fmt.Sprintf("%s:%d", *host, *raw))
	check(err)
	_, err = rawServer.ListenAndServeTLS("tcp", fmt.Sprintf("%s:%d", *host, *rawTLS), nil, *certificate, *key)
	check(err)
	webServer := router.NewWebsocketServer(nexus)
	_, err = webServer.ListenAndServe(fmt.Sprintf("%s:%d", *host, *web))
	check(err)
	_, err = webServer.ListenAndServeTLS(fmt.Sprintf("%s:%d", *host, *webTLS), nil, *certificate, *key)
	check(err)
	fmt.Println("READY")

	// The parent holds the other end: when it is gone, so is this.
	_, _ = io.Copy(io.Discard, os.Stdin)
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
