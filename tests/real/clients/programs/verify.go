// Verifies chains at a time: reads lines "folder host RFC3339", writes "folder ok" or "folder no words".
package main

import (
	"bufio"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"
)

func read(path string) (found []*x509.Certificate, first error) {
	rest, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	for block, rest := pem.Decode(rest); block != nil; block, rest = pem.Decode(rest) {
		certificate, err := x509.ParseCertificate(block.Bytes)
		if err != nil {
			if first == nil {
				first = err
			}
			continue
		}
		found = append(found, certificate)
	}
	return found, first
}

func verify(folder, host, at string) error {
	when, err := time.Parse(time.RFC3339, at)
	if err != nil {
		return err
	}
	leaf, err := read(filepath.Join(folder, "leaf"))
	if err != nil {
		return err
	}
	pools := map[string]*x509.CertPool{"more": x509.NewCertPool(), "roots": x509.NewCertPool()}
	for name, pool := range pools {
		certificates, _ := read(filepath.Join(folder, name))
		for _, certificate := range certificates {
			pool.AddCert(certificate)
		}
	}
	_, err = leaf[0].Verify(x509.VerifyOptions{DNSName: host, Roots: pools["roots"], Intermediates: pools["more"], CurrentTime: when})
	return err
}

func main() {
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		parts := strings.Fields(lines.Text())
		if err := verify(parts[0], parts[1], parts[2]); err != nil {
			fmt.Println(parts[0], "no", strings.ReplaceAll(err.Error(), "\n", " "))
		} else {
			fmt.Println(parts[0], "ok")
		}
	}
}
