import { createMachine } from "xstate";

export const machine = createMachine({
  "id": "stock",
  "description": "Stock bot",
  "meta": {
    "bot": "stock",
    "view": "expanded",
    "truncated": false
  },
  "initial": "Conversation",
  "states": {
    "Conversation": {
      "id": "Conversation",
      "initial": "ChooseExchange",
      "states": {
        "ChooseExchange": {
          "id": "ChooseExchange",
          "on": {
            "ChooseExchange {\"exchange\":\"LSE\"}": {
              "target": "#ChooseStock LSE",
              "description": "London Stock Exchange: which stock would you like to see?"
            },
            "ChooseExchange {\"exchange\":\"NYSE\"}": {
              "target": "#ChooseStock NYSE",
              "description": "New York Stock Exchange: which stock would you like to see?"
            },
            "ChooseExchange {\"exchange\":\"NASDAQ\"}": {
              "target": "#ChooseStock NASDAQ",
              "description": "Nasdaq Stock Exchange: which stock would you like to see?"
            },
            "MainMenu": {
              "target": "#ChooseExchange",
              "reenter": true,
              "description": "Which exchange are you interested in?"
            },
            "Help": {
              "description": "Pick one of the options, by its button, number or name. From anywhere you can name a stock (“price of Croda”), go to the “main menu”, or say “goodbye”."
            },
            "Goodbye": {
              "target": "#Ended",
              "description": "Goodbye, and thanks for the chat. Say anything to start over."
            },
            "Thanks": {
              "description": "You’re welcome."
            },
            "Greeting": {
              "description": "Hello! Pick one of the options, or name a stock (“price of Croda”)."
            },
            "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"CRDA\"}": {
              "target": "#FetchQuote LSE CRDA"
            },
            "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"GSK\"}": {
              "target": "#FetchQuote LSE GSK"
            },
            "ChooseStock {\"exchange\":\"NYSE\",\"stock\":\"ASH\"}": {
              "target": "#FetchQuote NYSE ASH"
            },
            "ChooseStock {\"exchange\":\"NASDAQ\",\"stock\":\"TSLA\"}": {
              "target": "#FetchQuote NASDAQ TSLA"
            },
            "Idle": {
              "target": "#Ended",
              "description": "You’ve been quiet for a while, so I’ve closed this chat. Say anything to start over."
            },
            "NotUnderstood {\"candidates\":[]}": {
              "target": "#ChooseExchange (missed)",
              "description": "Sorry, I didn’t get that. Please pick one of the options, or type “help”."
            }
          }
        },
        "Exchange LSE": {
          "id": "Exchange LSE",
          "initial": "ChooseStock LSE",
          "states": {
            "ChooseStock LSE": {
              "id": "ChooseStock LSE",
              "on": {
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"CRDA\"}": {
                  "target": "#FetchQuote LSE CRDA"
                },
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"GSK\"}": {
                  "target": "#FetchQuote LSE GSK"
                },
                "GoBack": {
                  "target": "#ChooseExchange",
                  "description": "Which exchange are you interested in?"
                },
                "MainMenu": {
                  "target": "#ChooseExchange",
                  "description": "Which exchange are you interested in?"
                },
                "Help": {
                  "description": "Pick one of the options, by its button, number or name. From anywhere you can name a stock (“price of Croda”), go to the “main menu”, or say “goodbye”."
                },
                "Goodbye": {
                  "target": "#Ended",
                  "description": "Goodbye, and thanks for the chat. Say anything to start over."
                },
                "Thanks": {
                  "description": "You’re welcome."
                },
                "Greeting": {
                  "description": "Hello! Pick one of the options, or name a stock (“price of Croda”)."
                },
                "ChooseExchange {\"exchange\":\"LSE\"}": {
                  "target": "#ChooseStock LSE",
                  "reenter": true,
                  "description": "London Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NYSE\"}": {
                  "target": "#ChooseStock NYSE",
                  "reenter": true,
                  "description": "New York Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NASDAQ\"}": {
                  "target": "#ChooseStock NASDAQ",
                  "reenter": true,
                  "description": "Nasdaq Stock Exchange: which stock would you like to see?"
                },
                "ChooseStock {\"exchange\":\"NYSE\",\"stock\":\"ASH\"}": {
                  "target": "#FetchQuote NYSE ASH"
                },
                "ChooseStock {\"exchange\":\"NASDAQ\",\"stock\":\"TSLA\"}": {
                  "target": "#FetchQuote NASDAQ TSLA"
                },
                "Idle": {
                  "target": "#Ended",
                  "description": "You’ve been quiet for a while, so I’ve closed this chat. Say anything to start over."
                },
                "NotUnderstood {\"candidates\":[]}": {
                  "target": "#ChooseStock LSE (missed)",
                  "description": "Sorry, I didn’t get that. Please pick one of the options, or type “help”."
                }
              }
            },
            "FetchQuote LSE CRDA": {
              "id": "FetchQuote LSE CRDA",
              "on": {
                "GoBack": {
                  "target": "#ChooseStock LSE",
                  "description": "London Stock Exchange: which stock would you like to see?"
                },
                "MainMenu": {
                  "target": "#ChooseExchange",
                  "description": "Which exchange are you interested in?"
                },
                "Help": {
                  "description": "Pick one of the options, by its button, number or name. From anywhere you can name a stock (“price of Croda”), go to the “main menu”, or say “goodbye”."
                },
                "Goodbye": {
                  "target": "#Ended",
                  "description": "Goodbye, and thanks for the chat. Say anything to start over."
                },
                "Thanks": {
                  "description": "You’re welcome."
                },
                "Greeting": {
                  "description": "Hello! Pick one of the options, or name a stock (“price of Croda”)."
                },
                "ChooseExchange {\"exchange\":\"LSE\"}": {
                  "target": "#ChooseStock LSE",
                  "description": "London Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NYSE\"}": {
                  "target": "#ChooseStock NYSE",
                  "description": "New York Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NASDAQ\"}": {
                  "target": "#ChooseStock NASDAQ",
                  "description": "Nasdaq Stock Exchange: which stock would you like to see?"
                },
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"CRDA\"}": {
                  "target": "#FetchQuote LSE CRDA",
                  "reenter": true
                },
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"GSK\"}": {
                  "target": "#FetchQuote LSE GSK",
                  "reenter": true
                },
                "ChooseStock {\"exchange\":\"NYSE\",\"stock\":\"ASH\"}": {
                  "target": "#FetchQuote NYSE ASH",
                  "reenter": true
                },
                "ChooseStock {\"exchange\":\"NASDAQ\",\"stock\":\"TSLA\"}": {
                  "target": "#FetchQuote NASDAQ TSLA",
                  "reenter": true
                },
                "Idle": {
                  "target": "#Ended",
                  "description": "You’ve been quiet for a while, so I’ve closed this chat. Say anything to start over."
                },
                "NotUnderstood {\"candidates\":[]}": {
                  "description": "One moment, I’m still looking up CRODA INTERNATIONAL PLC."
                },
                "QuoteArrived {\"quote\":{\"at\":\"1970-01-01T00:00:00Z\",\"price\":\"100.00\"}}": {
                  "target": "#ShowPrice LSE CRDA",
                  "description": "CRODA INTERNATIONAL PLC is at 100.00 GBX (£1.00) a share."
                },
                "QuoteFailed": {
                  "target": "#QuoteUnavailable LSE CRDA",
                  "description": "Sorry, I couldn’t get a price for CRODA INTERNATIONAL PLC just now. You can try again, or go back and pick another stock."
                }
              }
            },
            "FetchQuote LSE GSK": {
              "id": "FetchQuote LSE GSK",
              "on": {
                "GoBack": {
                  "target": "#ChooseStock LSE",
                  "description": "London Stock Exchange: which stock would you like to see?"
                },
                "MainMenu": {
                  "target": "#ChooseExchange",
                  "description": "Which exchange are you interested in?"
                },
                "Help": {
                  "description": "Pick one of the options, by its button, number or name. From anywhere you can name a stock (“price of Croda”), go to the “main menu”, or say “goodbye”."
                },
                "Goodbye": {
                  "target": "#Ended",
                  "description": "Goodbye, and thanks for the chat. Say anything to start over."
                },
                "Thanks": {
                  "description": "You’re welcome."
                },
                "Greeting": {
                  "description": "Hello! Pick one of the options, or name a stock (“price of Croda”)."
                },
                "ChooseExchange {\"exchange\":\"LSE\"}": {
                  "target": "#ChooseStock LSE",
                  "description": "London Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NYSE\"}": {
                  "target": "#ChooseStock NYSE",
                  "description": "New York Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NASDAQ\"}": {
                  "target": "#ChooseStock NASDAQ",
                  "description": "Nasdaq Stock Exchange: which stock would you like to see?"
                },
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"CRDA\"}": {
                  "target": "#FetchQuote LSE CRDA",
                  "reenter": true
                },
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"GSK\"}": {
                  "target": "#FetchQuote LSE GSK",
                  "reenter": true
                },
                "ChooseStock {\"exchange\":\"NYSE\",\"stock\":\"ASH\"}": {
                  "target": "#FetchQuote NYSE ASH",
                  "reenter": true
                },
                "ChooseStock {\"exchange\":\"NASDAQ\",\"stock\":\"TSLA\"}": {
                  "target": "#FetchQuote NASDAQ TSLA",
                  "reenter": true
                },
                "Idle": {
                  "target": "#Ended",
                  "description": "You’ve been quiet for a while, so I’ve closed this chat. Say anything to start over."
                },
                "NotUnderstood {\"candidates\":[]}": {
                  "description": "One moment, I’m still looking up GSK PLC."
                },
                "QuoteArrived {\"quote\":{\"at\":\"1970-01-01T00:00:00Z\",\"price\":\"100.00\"}}": {
                  "target": "#ShowPrice LSE GSK",
                  "description": "GSK PLC is at 100.00 GBX (£1.00) a share."
                },
                "QuoteFailed": {
                  "target": "#QuoteUnavailable LSE GSK",
                  "description": "Sorry, I couldn’t get a price for GSK PLC just now. You can try again, or go back and pick another stock."
                }
              }
            },
            "ChooseStock LSE (missed)": {
              "id": "ChooseStock LSE (missed)",
              "on": {
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"CRDA\"}": {
                  "target": "#FetchQuote LSE CRDA"
                },
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"GSK\"}": {
                  "target": "#FetchQuote LSE GSK"
                },
                "GoBack": {
                  "target": "#ChooseExchange",
                  "description": "Which exchange are you interested in?"
                },
                "MainMenu": {
                  "target": "#ChooseExchange",
                  "description": "Which exchange are you interested in?"
                },
                "Help": {
                  "target": "#ChooseStock LSE",
                  "description": "Pick one of the options, by its button, number or name. From anywhere you can name a stock (“price of Croda”), go to the “main menu”, or say “goodbye”."
                },
                "Goodbye": {
                  "target": "#Ended",
                  "description": "Goodbye, and thanks for the chat. Say anything to start over."
                },
                "Thanks": {
                  "target": "#ChooseStock LSE",
                  "description": "You’re welcome."
                },
                "Greeting": {
                  "target": "#ChooseStock LSE",
                  "description": "Hello! Pick one of the options, or name a stock (“price of Croda”)."
                },
                "ChooseExchange {\"exchange\":\"LSE\"}": {
                  "target": "#ChooseStock LSE",
                  "reenter": true,
                  "description": "London Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NYSE\"}": {
                  "target": "#ChooseStock NYSE",
                  "reenter": true,
                  "description": "New York Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NASDAQ\"}": {
                  "target": "#ChooseStock NASDAQ",
                  "reenter": true,
                  "description": "Nasdaq Stock Exchange: which stock would you like to see?"
                },
                "ChooseStock {\"exchange\":\"NYSE\",\"stock\":\"ASH\"}": {
                  "target": "#FetchQuote NYSE ASH"
                },
                "ChooseStock {\"exchange\":\"NASDAQ\",\"stock\":\"TSLA\"}": {
                  "target": "#FetchQuote NASDAQ TSLA"
                },
                "Idle": {
                  "target": "#Ended",
                  "description": "You’ve been quiet for a while, so I’ve closed this chat. Say anything to start over."
                },
                "NotUnderstood {\"candidates\":[]}": {
                  "description": "Sorry, I still don’t get it. Here is what I understand. Pick one of the options, by its button, number or name. From anywhere you can name a stock (“price of Croda”), go to the “main menu”, or say “goodbye”."
                }
              }
            },
            "ShowPrice LSE CRDA": {
              "id": "ShowPrice LSE CRDA",
              "on": {
                "Refresh": {
                  "target": "#FetchQuote LSE CRDA"
                },
                "GoBack": {
                  "target": "#ChooseStock LSE",
                  "description": "London Stock Exchange: which stock would you like to see?"
                },
                "MainMenu": {
                  "target": "#ChooseExchange",
                  "description": "Which exchange are you interested in?"
                },
                "Help": {
                  "description": "Pick one of the options, by its button, number or name. From anywhere you can name a stock (“price of Croda”), go to the “main menu”, or say “goodbye”."
                },
                "Goodbye": {
                  "target": "#Ended",
                  "description": "Goodbye, and thanks for the chat. Say anything to start over."
                },
                "Thanks": {
                  "description": "You’re welcome."
                },
                "Greeting": {
                  "description": "Hello! Pick one of the options, or name a stock (“price of Croda”)."
                },
                "ChooseExchange {\"exchange\":\"LSE\"}": {
                  "target": "#ChooseStock LSE",
                  "description": "London Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NYSE\"}": {
                  "target": "#ChooseStock NYSE",
                  "description": "New York Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NASDAQ\"}": {
                  "target": "#ChooseStock NASDAQ",
                  "description": "Nasdaq Stock Exchange: which stock would you like to see?"
                },
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"CRDA\"}": {
                  "target": "#FetchQuote LSE CRDA"
                },
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"GSK\"}": {
                  "target": "#FetchQuote LSE GSK"
                },
                "ChooseStock {\"exchange\":\"NYSE\",\"stock\":\"ASH\"}": {
                  "target": "#FetchQuote NYSE ASH"
                },
                "ChooseStock {\"exchange\":\"NASDAQ\",\"stock\":\"TSLA\"}": {
                  "target": "#FetchQuote NASDAQ TSLA"
                },
                "Idle": {
                  "target": "#Ended",
                  "description": "You’ve been quiet for a while, so I’ve closed this chat. Say anything to start over."
                },
                "NotUnderstood {\"candidates\":[]}": {
                  "target": "#ShowPrice LSE CRDA (missed)",
                  "description": "Sorry, I didn’t get that. Please pick one of the options, or type “help”."
                }
              }
            },
            "QuoteUnavailable LSE CRDA": {
              "id": "QuoteUnavailable LSE CRDA",
              "on": {
                "TryAgain": {
                  "target": "#FetchQuote LSE CRDA"
                },
                "GoBack": {
                  "target": "#ChooseStock LSE",
                  "description": "London Stock Exchange: which stock would you like to see?"
                },
                "MainMenu": {
                  "target": "#ChooseExchange",
                  "description": "Which exchange are you interested in?"
                },
                "Help": {
                  "description": "Pick one of the options, by its button, number or name. From anywhere you can name a stock (“price of Croda”), go to the “main menu”, or say “goodbye”."
                },
                "Goodbye": {
                  "target": "#Ended",
                  "description": "Goodbye, and thanks for the chat. Say anything to start over."
                },
                "Thanks": {
                  "description": "You’re welcome."
                },
                "Greeting": {
                  "description": "Hello! Pick one of the options, or name a stock (“price of Croda”)."
                },
                "ChooseExchange {\"exchange\":\"LSE\"}": {
                  "target": "#ChooseStock LSE",
                  "description": "London Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NYSE\"}": {
                  "target": "#ChooseStock NYSE",
                  "description": "New York Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NASDAQ\"}": {
                  "target": "#ChooseStock NASDAQ",
                  "description": "Nasdaq Stock Exchange: which stock would you like to see?"
                },
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"CRDA\"}": {
                  "target": "#FetchQuote LSE CRDA"
                },
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"GSK\"}": {
                  "target": "#FetchQuote LSE GSK"
                },
                "ChooseStock {\"exchange\":\"NYSE\",\"stock\":\"ASH\"}": {
                  "target": "#FetchQuote NYSE ASH"
                },
                "ChooseStock {\"exchange\":\"NASDAQ\",\"stock\":\"TSLA\"}": {
                  "target": "#FetchQuote NASDAQ TSLA"
                },
                "Idle": {
                  "target": "#Ended",
                  "description": "You’ve been quiet for a while, so I’ve closed this chat. Say anything to start over."
                },
                "NotUnderstood {\"candidates\":[]}": {
                  "target": "#QuoteUnavailable LSE CRDA (missed)",
                  "description": "Sorry, I didn’t get that. Please pick one of the options, or type “help”."
                }
              }
            },
            "ShowPrice LSE GSK": {
              "id": "ShowPrice LSE GSK",
              "on": {
                "Refresh": {
                  "target": "#FetchQuote LSE GSK"
                },
                "GoBack": {
                  "target": "#ChooseStock LSE",
                  "description": "London Stock Exchange: which stock would you like to see?"
                },
                "MainMenu": {
                  "target": "#ChooseExchange",
                  "description": "Which exchange are you interested in?"
                },
                "Help": {
                  "description": "Pick one of the options, by its button, number or name. From anywhere you can name a stock (“price of Croda”), go to the “main menu”, or say “goodbye”."
                },
                "Goodbye": {
                  "target": "#Ended",
                  "description": "Goodbye, and thanks for the chat. Say anything to start over."
                },
                "Thanks": {
                  "description": "You’re welcome."
                },
                "Greeting": {
                  "description": "Hello! Pick one of the options, or name a stock (“price of Croda”)."
                },
                "ChooseExchange {\"exchange\":\"LSE\"}": {
                  "target": "#ChooseStock LSE",
                  "description": "London Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NYSE\"}": {
                  "target": "#ChooseStock NYSE",
                  "description": "New York Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NASDAQ\"}": {
                  "target": "#ChooseStock NASDAQ",
                  "description": "Nasdaq Stock Exchange: which stock would you like to see?"
                },
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"CRDA\"}": {
                  "target": "#FetchQuote LSE CRDA"
                },
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"GSK\"}": {
                  "target": "#FetchQuote LSE GSK"
                },
                "ChooseStock {\"exchange\":\"NYSE\",\"stock\":\"ASH\"}": {
                  "target": "#FetchQuote NYSE ASH"
                },
                "ChooseStock {\"exchange\":\"NASDAQ\",\"stock\":\"TSLA\"}": {
                  "target": "#FetchQuote NASDAQ TSLA"
                },
                "Idle": {
                  "target": "#Ended",
                  "description": "You’ve been quiet for a while, so I’ve closed this chat. Say anything to start over."
                },
                "NotUnderstood {\"candidates\":[]}": {
                  "target": "#ShowPrice LSE GSK (missed)",
                  "description": "Sorry, I didn’t get that. Please pick one of the options, or type “help”."
                }
              }
            },
            "QuoteUnavailable LSE GSK": {
              "id": "QuoteUnavailable LSE GSK",
              "on": {
                "TryAgain": {
                  "target": "#FetchQuote LSE GSK"
                },
                "GoBack": {
                  "target": "#ChooseStock LSE",
                  "description": "London Stock Exchange: which stock would you like to see?"
                },
                "MainMenu": {
                  "target": "#ChooseExchange",
                  "description": "Which exchange are you interested in?"
                },
                "Help": {
                  "description": "Pick one of the options, by its button, number or name. From anywhere you can name a stock (“price of Croda”), go to the “main menu”, or say “goodbye”."
                },
                "Goodbye": {
                  "target": "#Ended",
                  "description": "Goodbye, and thanks for the chat. Say anything to start over."
                },
                "Thanks": {
                  "description": "You’re welcome."
                },
                "Greeting": {
                  "description": "Hello! Pick one of the options, or name a stock (“price of Croda”)."
                },
                "ChooseExchange {\"exchange\":\"LSE\"}": {
                  "target": "#ChooseStock LSE",
                  "description": "London Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NYSE\"}": {
                  "target": "#ChooseStock NYSE",
                  "description": "New York Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NASDAQ\"}": {
                  "target": "#ChooseStock NASDAQ",
                  "description": "Nasdaq Stock Exchange: which stock would you like to see?"
                },
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"CRDA\"}": {
                  "target": "#FetchQuote LSE CRDA"
                },
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"GSK\"}": {
                  "target": "#FetchQuote LSE GSK"
                },
                "ChooseStock {\"exchange\":\"NYSE\",\"stock\":\"ASH\"}": {
                  "target": "#FetchQuote NYSE ASH"
                },
                "ChooseStock {\"exchange\":\"NASDAQ\",\"stock\":\"TSLA\"}": {
                  "target": "#FetchQuote NASDAQ TSLA"
                },
                "Idle": {
                  "target": "#Ended",
                  "description": "You’ve been quiet for a while, so I’ve closed this chat. Say anything to start over."
                },
                "NotUnderstood {\"candidates\":[]}": {
                  "target": "#QuoteUnavailable LSE GSK (missed)",
                  "description": "Sorry, I didn’t get that. Please pick one of the options, or type “help”."
                }
              }
            },
            "ShowPrice LSE CRDA (missed)": {
              "id": "ShowPrice LSE CRDA (missed)",
              "on": {
                "Refresh": {
                  "target": "#FetchQuote LSE CRDA"
                },
                "GoBack": {
                  "target": "#ChooseStock LSE",
                  "description": "London Stock Exchange: which stock would you like to see?"
                },
                "MainMenu": {
                  "target": "#ChooseExchange",
                  "description": "Which exchange are you interested in?"
                },
                "Help": {
                  "target": "#ShowPrice LSE CRDA",
                  "description": "Pick one of the options, by its button, number or name. From anywhere you can name a stock (“price of Croda”), go to the “main menu”, or say “goodbye”."
                },
                "Goodbye": {
                  "target": "#Ended",
                  "description": "Goodbye, and thanks for the chat. Say anything to start over."
                },
                "Thanks": {
                  "target": "#ShowPrice LSE CRDA",
                  "description": "You’re welcome."
                },
                "Greeting": {
                  "target": "#ShowPrice LSE CRDA",
                  "description": "Hello! Pick one of the options, or name a stock (“price of Croda”)."
                },
                "ChooseExchange {\"exchange\":\"LSE\"}": {
                  "target": "#ChooseStock LSE",
                  "description": "London Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NYSE\"}": {
                  "target": "#ChooseStock NYSE",
                  "description": "New York Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NASDAQ\"}": {
                  "target": "#ChooseStock NASDAQ",
                  "description": "Nasdaq Stock Exchange: which stock would you like to see?"
                },
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"CRDA\"}": {
                  "target": "#FetchQuote LSE CRDA"
                },
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"GSK\"}": {
                  "target": "#FetchQuote LSE GSK"
                },
                "ChooseStock {\"exchange\":\"NYSE\",\"stock\":\"ASH\"}": {
                  "target": "#FetchQuote NYSE ASH"
                },
                "ChooseStock {\"exchange\":\"NASDAQ\",\"stock\":\"TSLA\"}": {
                  "target": "#FetchQuote NASDAQ TSLA"
                },
                "Idle": {
                  "target": "#Ended",
                  "description": "You’ve been quiet for a while, so I’ve closed this chat. Say anything to start over."
                },
                "NotUnderstood {\"candidates\":[]}": {
                  "description": "Sorry, I still don’t get it. Here is what I understand. Pick one of the options, by its button, number or name. From anywhere you can name a stock (“price of Croda”), go to the “main menu”, or say “goodbye”."
                }
              }
            },
            "QuoteUnavailable LSE CRDA (missed)": {
              "id": "QuoteUnavailable LSE CRDA (missed)",
              "on": {
                "TryAgain": {
                  "target": "#FetchQuote LSE CRDA"
                },
                "GoBack": {
                  "target": "#ChooseStock LSE",
                  "description": "London Stock Exchange: which stock would you like to see?"
                },
                "MainMenu": {
                  "target": "#ChooseExchange",
                  "description": "Which exchange are you interested in?"
                },
                "Help": {
                  "target": "#QuoteUnavailable LSE CRDA",
                  "description": "Pick one of the options, by its button, number or name. From anywhere you can name a stock (“price of Croda”), go to the “main menu”, or say “goodbye”."
                },
                "Goodbye": {
                  "target": "#Ended",
                  "description": "Goodbye, and thanks for the chat. Say anything to start over."
                },
                "Thanks": {
                  "target": "#QuoteUnavailable LSE CRDA",
                  "description": "You’re welcome."
                },
                "Greeting": {
                  "target": "#QuoteUnavailable LSE CRDA",
                  "description": "Hello! Pick one of the options, or name a stock (“price of Croda”)."
                },
                "ChooseExchange {\"exchange\":\"LSE\"}": {
                  "target": "#ChooseStock LSE",
                  "description": "London Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NYSE\"}": {
                  "target": "#ChooseStock NYSE",
                  "description": "New York Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NASDAQ\"}": {
                  "target": "#ChooseStock NASDAQ",
                  "description": "Nasdaq Stock Exchange: which stock would you like to see?"
                },
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"CRDA\"}": {
                  "target": "#FetchQuote LSE CRDA"
                },
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"GSK\"}": {
                  "target": "#FetchQuote LSE GSK"
                },
                "ChooseStock {\"exchange\":\"NYSE\",\"stock\":\"ASH\"}": {
                  "target": "#FetchQuote NYSE ASH"
                },
                "ChooseStock {\"exchange\":\"NASDAQ\",\"stock\":\"TSLA\"}": {
                  "target": "#FetchQuote NASDAQ TSLA"
                },
                "Idle": {
                  "target": "#Ended",
                  "description": "You’ve been quiet for a while, so I’ve closed this chat. Say anything to start over."
                },
                "NotUnderstood {\"candidates\":[]}": {
                  "description": "Sorry, I still don’t get it. Here is what I understand. Pick one of the options, by its button, number or name. From anywhere you can name a stock (“price of Croda”), go to the “main menu”, or say “goodbye”."
                }
              }
            },
            "ShowPrice LSE GSK (missed)": {
              "id": "ShowPrice LSE GSK (missed)",
              "on": {
                "Refresh": {
                  "target": "#FetchQuote LSE GSK"
                },
                "GoBack": {
                  "target": "#ChooseStock LSE",
                  "description": "London Stock Exchange: which stock would you like to see?"
                },
                "MainMenu": {
                  "target": "#ChooseExchange",
                  "description": "Which exchange are you interested in?"
                },
                "Help": {
                  "target": "#ShowPrice LSE GSK",
                  "description": "Pick one of the options, by its button, number or name. From anywhere you can name a stock (“price of Croda”), go to the “main menu”, or say “goodbye”."
                },
                "Goodbye": {
                  "target": "#Ended",
                  "description": "Goodbye, and thanks for the chat. Say anything to start over."
                },
                "Thanks": {
                  "target": "#ShowPrice LSE GSK",
                  "description": "You’re welcome."
                },
                "Greeting": {
                  "target": "#ShowPrice LSE GSK",
                  "description": "Hello! Pick one of the options, or name a stock (“price of Croda”)."
                },
                "ChooseExchange {\"exchange\":\"LSE\"}": {
                  "target": "#ChooseStock LSE",
                  "description": "London Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NYSE\"}": {
                  "target": "#ChooseStock NYSE",
                  "description": "New York Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NASDAQ\"}": {
                  "target": "#ChooseStock NASDAQ",
                  "description": "Nasdaq Stock Exchange: which stock would you like to see?"
                },
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"CRDA\"}": {
                  "target": "#FetchQuote LSE CRDA"
                },
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"GSK\"}": {
                  "target": "#FetchQuote LSE GSK"
                },
                "ChooseStock {\"exchange\":\"NYSE\",\"stock\":\"ASH\"}": {
                  "target": "#FetchQuote NYSE ASH"
                },
                "ChooseStock {\"exchange\":\"NASDAQ\",\"stock\":\"TSLA\"}": {
                  "target": "#FetchQuote NASDAQ TSLA"
                },
                "Idle": {
                  "target": "#Ended",
                  "description": "You’ve been quiet for a while, so I’ve closed this chat. Say anything to start over."
                },
                "NotUnderstood {\"candidates\":[]}": {
                  "description": "Sorry, I still don’t get it. Here is what I understand. Pick one of the options, by its button, number or name. From anywhere you can name a stock (“price of Croda”), go to the “main menu”, or say “goodbye”."
                }
              }
            },
            "QuoteUnavailable LSE GSK (missed)": {
              "id": "QuoteUnavailable LSE GSK (missed)",
              "on": {
                "TryAgain": {
                  "target": "#FetchQuote LSE GSK"
                },
                "GoBack": {
                  "target": "#ChooseStock LSE",
                  "description": "London Stock Exchange: which stock would you like to see?"
                },
                "MainMenu": {
                  "target": "#ChooseExchange",
                  "description": "Which exchange are you interested in?"
                },
                "Help": {
                  "target": "#QuoteUnavailable LSE GSK",
                  "description": "Pick one of the options, by its button, number or name. From anywhere you can name a stock (“price of Croda”), go to the “main menu”, or say “goodbye”."
                },
                "Goodbye": {
                  "target": "#Ended",
                  "description": "Goodbye, and thanks for the chat. Say anything to start over."
                },
                "Thanks": {
                  "target": "#QuoteUnavailable LSE GSK",
                  "description": "You’re welcome."
                },
                "Greeting": {
                  "target": "#QuoteUnavailable LSE GSK",
                  "description": "Hello! Pick one of the options, or name a stock (“price of Croda”)."
                },
                "ChooseExchange {\"exchange\":\"LSE\"}": {
                  "target": "#ChooseStock LSE",
                  "description": "London Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NYSE\"}": {
                  "target": "#ChooseStock NYSE",
                  "description": "New York Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NASDAQ\"}": {
                  "target": "#ChooseStock NASDAQ",
                  "description": "Nasdaq Stock Exchange: which stock would you like to see?"
                },
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"CRDA\"}": {
                  "target": "#FetchQuote LSE CRDA"
                },
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"GSK\"}": {
                  "target": "#FetchQuote LSE GSK"
                },
                "ChooseStock {\"exchange\":\"NYSE\",\"stock\":\"ASH\"}": {
                  "target": "#FetchQuote NYSE ASH"
                },
                "ChooseStock {\"exchange\":\"NASDAQ\",\"stock\":\"TSLA\"}": {
                  "target": "#FetchQuote NASDAQ TSLA"
                },
                "Idle": {
                  "target": "#Ended",
                  "description": "You’ve been quiet for a while, so I’ve closed this chat. Say anything to start over."
                },
                "NotUnderstood {\"candidates\":[]}": {
                  "description": "Sorry, I still don’t get it. Here is what I understand. Pick one of the options, by its button, number or name. From anywhere you can name a stock (“price of Croda”), go to the “main menu”, or say “goodbye”."
                }
              }
            }
          }
        },
        "Exchange NYSE": {
          "id": "Exchange NYSE",
          "initial": "ChooseStock NYSE",
          "states": {
            "ChooseStock NYSE": {
              "id": "ChooseStock NYSE",
              "on": {
                "ChooseStock {\"exchange\":\"NYSE\",\"stock\":\"ASH\"}": {
                  "target": "#FetchQuote NYSE ASH"
                },
                "GoBack": {
                  "target": "#ChooseExchange",
                  "description": "Which exchange are you interested in?"
                },
                "MainMenu": {
                  "target": "#ChooseExchange",
                  "description": "Which exchange are you interested in?"
                },
                "Help": {
                  "description": "Pick one of the options, by its button, number or name. From anywhere you can name a stock (“price of Croda”), go to the “main menu”, or say “goodbye”."
                },
                "Goodbye": {
                  "target": "#Ended",
                  "description": "Goodbye, and thanks for the chat. Say anything to start over."
                },
                "Thanks": {
                  "description": "You’re welcome."
                },
                "Greeting": {
                  "description": "Hello! Pick one of the options, or name a stock (“price of Croda”)."
                },
                "ChooseExchange {\"exchange\":\"LSE\"}": {
                  "target": "#ChooseStock LSE",
                  "reenter": true,
                  "description": "London Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NYSE\"}": {
                  "target": "#ChooseStock NYSE",
                  "reenter": true,
                  "description": "New York Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NASDAQ\"}": {
                  "target": "#ChooseStock NASDAQ",
                  "reenter": true,
                  "description": "Nasdaq Stock Exchange: which stock would you like to see?"
                },
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"CRDA\"}": {
                  "target": "#FetchQuote LSE CRDA"
                },
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"GSK\"}": {
                  "target": "#FetchQuote LSE GSK"
                },
                "ChooseStock {\"exchange\":\"NASDAQ\",\"stock\":\"TSLA\"}": {
                  "target": "#FetchQuote NASDAQ TSLA"
                },
                "Idle": {
                  "target": "#Ended",
                  "description": "You’ve been quiet for a while, so I’ve closed this chat. Say anything to start over."
                },
                "NotUnderstood {\"candidates\":[]}": {
                  "target": "#ChooseStock NYSE (missed)",
                  "description": "Sorry, I didn’t get that. Please pick one of the options, or type “help”."
                }
              }
            },
            "FetchQuote NYSE ASH": {
              "id": "FetchQuote NYSE ASH",
              "on": {
                "GoBack": {
                  "target": "#ChooseStock NYSE",
                  "description": "New York Stock Exchange: which stock would you like to see?"
                },
                "MainMenu": {
                  "target": "#ChooseExchange",
                  "description": "Which exchange are you interested in?"
                },
                "Help": {
                  "description": "Pick one of the options, by its button, number or name. From anywhere you can name a stock (“price of Croda”), go to the “main menu”, or say “goodbye”."
                },
                "Goodbye": {
                  "target": "#Ended",
                  "description": "Goodbye, and thanks for the chat. Say anything to start over."
                },
                "Thanks": {
                  "description": "You’re welcome."
                },
                "Greeting": {
                  "description": "Hello! Pick one of the options, or name a stock (“price of Croda”)."
                },
                "ChooseExchange {\"exchange\":\"LSE\"}": {
                  "target": "#ChooseStock LSE",
                  "description": "London Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NYSE\"}": {
                  "target": "#ChooseStock NYSE",
                  "description": "New York Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NASDAQ\"}": {
                  "target": "#ChooseStock NASDAQ",
                  "description": "Nasdaq Stock Exchange: which stock would you like to see?"
                },
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"CRDA\"}": {
                  "target": "#FetchQuote LSE CRDA",
                  "reenter": true
                },
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"GSK\"}": {
                  "target": "#FetchQuote LSE GSK",
                  "reenter": true
                },
                "ChooseStock {\"exchange\":\"NYSE\",\"stock\":\"ASH\"}": {
                  "target": "#FetchQuote NYSE ASH",
                  "reenter": true
                },
                "ChooseStock {\"exchange\":\"NASDAQ\",\"stock\":\"TSLA\"}": {
                  "target": "#FetchQuote NASDAQ TSLA",
                  "reenter": true
                },
                "Idle": {
                  "target": "#Ended",
                  "description": "You’ve been quiet for a while, so I’ve closed this chat. Say anything to start over."
                },
                "NotUnderstood {\"candidates\":[]}": {
                  "description": "One moment, I’m still looking up Ashland Inc.."
                },
                "QuoteArrived {\"quote\":{\"at\":\"1970-01-01T00:00:00Z\",\"price\":\"100.00\"}}": {
                  "target": "#ShowPrice NYSE ASH",
                  "description": "Ashland Inc. is at 100.00 USD a share."
                },
                "QuoteFailed": {
                  "target": "#QuoteUnavailable NYSE ASH",
                  "description": "Sorry, I couldn’t get a price for Ashland Inc. just now. You can try again, or go back and pick another stock."
                }
              }
            },
            "ChooseStock NYSE (missed)": {
              "id": "ChooseStock NYSE (missed)",
              "on": {
                "ChooseStock {\"exchange\":\"NYSE\",\"stock\":\"ASH\"}": {
                  "target": "#FetchQuote NYSE ASH"
                },
                "GoBack": {
                  "target": "#ChooseExchange",
                  "description": "Which exchange are you interested in?"
                },
                "MainMenu": {
                  "target": "#ChooseExchange",
                  "description": "Which exchange are you interested in?"
                },
                "Help": {
                  "target": "#ChooseStock NYSE",
                  "description": "Pick one of the options, by its button, number or name. From anywhere you can name a stock (“price of Croda”), go to the “main menu”, or say “goodbye”."
                },
                "Goodbye": {
                  "target": "#Ended",
                  "description": "Goodbye, and thanks for the chat. Say anything to start over."
                },
                "Thanks": {
                  "target": "#ChooseStock NYSE",
                  "description": "You’re welcome."
                },
                "Greeting": {
                  "target": "#ChooseStock NYSE",
                  "description": "Hello! Pick one of the options, or name a stock (“price of Croda”)."
                },
                "ChooseExchange {\"exchange\":\"LSE\"}": {
                  "target": "#ChooseStock LSE",
                  "reenter": true,
                  "description": "London Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NYSE\"}": {
                  "target": "#ChooseStock NYSE",
                  "reenter": true,
                  "description": "New York Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NASDAQ\"}": {
                  "target": "#ChooseStock NASDAQ",
                  "reenter": true,
                  "description": "Nasdaq Stock Exchange: which stock would you like to see?"
                },
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"CRDA\"}": {
                  "target": "#FetchQuote LSE CRDA"
                },
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"GSK\"}": {
                  "target": "#FetchQuote LSE GSK"
                },
                "ChooseStock {\"exchange\":\"NASDAQ\",\"stock\":\"TSLA\"}": {
                  "target": "#FetchQuote NASDAQ TSLA"
                },
                "Idle": {
                  "target": "#Ended",
                  "description": "You’ve been quiet for a while, so I’ve closed this chat. Say anything to start over."
                },
                "NotUnderstood {\"candidates\":[]}": {
                  "description": "Sorry, I still don’t get it. Here is what I understand. Pick one of the options, by its button, number or name. From anywhere you can name a stock (“price of Croda”), go to the “main menu”, or say “goodbye”."
                }
              }
            },
            "ShowPrice NYSE ASH": {
              "id": "ShowPrice NYSE ASH",
              "on": {
                "Refresh": {
                  "target": "#FetchQuote NYSE ASH"
                },
                "GoBack": {
                  "target": "#ChooseStock NYSE",
                  "description": "New York Stock Exchange: which stock would you like to see?"
                },
                "MainMenu": {
                  "target": "#ChooseExchange",
                  "description": "Which exchange are you interested in?"
                },
                "Help": {
                  "description": "Pick one of the options, by its button, number or name. From anywhere you can name a stock (“price of Croda”), go to the “main menu”, or say “goodbye”."
                },
                "Goodbye": {
                  "target": "#Ended",
                  "description": "Goodbye, and thanks for the chat. Say anything to start over."
                },
                "Thanks": {
                  "description": "You’re welcome."
                },
                "Greeting": {
                  "description": "Hello! Pick one of the options, or name a stock (“price of Croda”)."
                },
                "ChooseExchange {\"exchange\":\"LSE\"}": {
                  "target": "#ChooseStock LSE",
                  "description": "London Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NYSE\"}": {
                  "target": "#ChooseStock NYSE",
                  "description": "New York Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NASDAQ\"}": {
                  "target": "#ChooseStock NASDAQ",
                  "description": "Nasdaq Stock Exchange: which stock would you like to see?"
                },
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"CRDA\"}": {
                  "target": "#FetchQuote LSE CRDA"
                },
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"GSK\"}": {
                  "target": "#FetchQuote LSE GSK"
                },
                "ChooseStock {\"exchange\":\"NYSE\",\"stock\":\"ASH\"}": {
                  "target": "#FetchQuote NYSE ASH"
                },
                "ChooseStock {\"exchange\":\"NASDAQ\",\"stock\":\"TSLA\"}": {
                  "target": "#FetchQuote NASDAQ TSLA"
                },
                "Idle": {
                  "target": "#Ended",
                  "description": "You’ve been quiet for a while, so I’ve closed this chat. Say anything to start over."
                },
                "NotUnderstood {\"candidates\":[]}": {
                  "target": "#ShowPrice NYSE ASH (missed)",
                  "description": "Sorry, I didn’t get that. Please pick one of the options, or type “help”."
                }
              }
            },
            "QuoteUnavailable NYSE ASH": {
              "id": "QuoteUnavailable NYSE ASH",
              "on": {
                "TryAgain": {
                  "target": "#FetchQuote NYSE ASH"
                },
                "GoBack": {
                  "target": "#ChooseStock NYSE",
                  "description": "New York Stock Exchange: which stock would you like to see?"
                },
                "MainMenu": {
                  "target": "#ChooseExchange",
                  "description": "Which exchange are you interested in?"
                },
                "Help": {
                  "description": "Pick one of the options, by its button, number or name. From anywhere you can name a stock (“price of Croda”), go to the “main menu”, or say “goodbye”."
                },
                "Goodbye": {
                  "target": "#Ended",
                  "description": "Goodbye, and thanks for the chat. Say anything to start over."
                },
                "Thanks": {
                  "description": "You’re welcome."
                },
                "Greeting": {
                  "description": "Hello! Pick one of the options, or name a stock (“price of Croda”)."
                },
                "ChooseExchange {\"exchange\":\"LSE\"}": {
                  "target": "#ChooseStock LSE",
                  "description": "London Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NYSE\"}": {
                  "target": "#ChooseStock NYSE",
                  "description": "New York Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NASDAQ\"}": {
                  "target": "#ChooseStock NASDAQ",
                  "description": "Nasdaq Stock Exchange: which stock would you like to see?"
                },
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"CRDA\"}": {
                  "target": "#FetchQuote LSE CRDA"
                },
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"GSK\"}": {
                  "target": "#FetchQuote LSE GSK"
                },
                "ChooseStock {\"exchange\":\"NYSE\",\"stock\":\"ASH\"}": {
                  "target": "#FetchQuote NYSE ASH"
                },
                "ChooseStock {\"exchange\":\"NASDAQ\",\"stock\":\"TSLA\"}": {
                  "target": "#FetchQuote NASDAQ TSLA"
                },
                "Idle": {
                  "target": "#Ended",
                  "description": "You’ve been quiet for a while, so I’ve closed this chat. Say anything to start over."
                },
                "NotUnderstood {\"candidates\":[]}": {
                  "target": "#QuoteUnavailable NYSE ASH (missed)",
                  "description": "Sorry, I didn’t get that. Please pick one of the options, or type “help”."
                }
              }
            },
            "ShowPrice NYSE ASH (missed)": {
              "id": "ShowPrice NYSE ASH (missed)",
              "on": {
                "Refresh": {
                  "target": "#FetchQuote NYSE ASH"
                },
                "GoBack": {
                  "target": "#ChooseStock NYSE",
                  "description": "New York Stock Exchange: which stock would you like to see?"
                },
                "MainMenu": {
                  "target": "#ChooseExchange",
                  "description": "Which exchange are you interested in?"
                },
                "Help": {
                  "target": "#ShowPrice NYSE ASH",
                  "description": "Pick one of the options, by its button, number or name. From anywhere you can name a stock (“price of Croda”), go to the “main menu”, or say “goodbye”."
                },
                "Goodbye": {
                  "target": "#Ended",
                  "description": "Goodbye, and thanks for the chat. Say anything to start over."
                },
                "Thanks": {
                  "target": "#ShowPrice NYSE ASH",
                  "description": "You’re welcome."
                },
                "Greeting": {
                  "target": "#ShowPrice NYSE ASH",
                  "description": "Hello! Pick one of the options, or name a stock (“price of Croda”)."
                },
                "ChooseExchange {\"exchange\":\"LSE\"}": {
                  "target": "#ChooseStock LSE",
                  "description": "London Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NYSE\"}": {
                  "target": "#ChooseStock NYSE",
                  "description": "New York Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NASDAQ\"}": {
                  "target": "#ChooseStock NASDAQ",
                  "description": "Nasdaq Stock Exchange: which stock would you like to see?"
                },
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"CRDA\"}": {
                  "target": "#FetchQuote LSE CRDA"
                },
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"GSK\"}": {
                  "target": "#FetchQuote LSE GSK"
                },
                "ChooseStock {\"exchange\":\"NYSE\",\"stock\":\"ASH\"}": {
                  "target": "#FetchQuote NYSE ASH"
                },
                "ChooseStock {\"exchange\":\"NASDAQ\",\"stock\":\"TSLA\"}": {
                  "target": "#FetchQuote NASDAQ TSLA"
                },
                "Idle": {
                  "target": "#Ended",
                  "description": "You’ve been quiet for a while, so I’ve closed this chat. Say anything to start over."
                },
                "NotUnderstood {\"candidates\":[]}": {
                  "description": "Sorry, I still don’t get it. Here is what I understand. Pick one of the options, by its button, number or name. From anywhere you can name a stock (“price of Croda”), go to the “main menu”, or say “goodbye”."
                }
              }
            },
            "QuoteUnavailable NYSE ASH (missed)": {
              "id": "QuoteUnavailable NYSE ASH (missed)",
              "on": {
                "TryAgain": {
                  "target": "#FetchQuote NYSE ASH"
                },
                "GoBack": {
                  "target": "#ChooseStock NYSE",
                  "description": "New York Stock Exchange: which stock would you like to see?"
                },
                "MainMenu": {
                  "target": "#ChooseExchange",
                  "description": "Which exchange are you interested in?"
                },
                "Help": {
                  "target": "#QuoteUnavailable NYSE ASH",
                  "description": "Pick one of the options, by its button, number or name. From anywhere you can name a stock (“price of Croda”), go to the “main menu”, or say “goodbye”."
                },
                "Goodbye": {
                  "target": "#Ended",
                  "description": "Goodbye, and thanks for the chat. Say anything to start over."
                },
                "Thanks": {
                  "target": "#QuoteUnavailable NYSE ASH",
                  "description": "You’re welcome."
                },
                "Greeting": {
                  "target": "#QuoteUnavailable NYSE ASH",
                  "description": "Hello! Pick one of the options, or name a stock (“price of Croda”)."
                },
                "ChooseExchange {\"exchange\":\"LSE\"}": {
                  "target": "#ChooseStock LSE",
                  "description": "London Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NYSE\"}": {
                  "target": "#ChooseStock NYSE",
                  "description": "New York Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NASDAQ\"}": {
                  "target": "#ChooseStock NASDAQ",
                  "description": "Nasdaq Stock Exchange: which stock would you like to see?"
                },
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"CRDA\"}": {
                  "target": "#FetchQuote LSE CRDA"
                },
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"GSK\"}": {
                  "target": "#FetchQuote LSE GSK"
                },
                "ChooseStock {\"exchange\":\"NYSE\",\"stock\":\"ASH\"}": {
                  "target": "#FetchQuote NYSE ASH"
                },
                "ChooseStock {\"exchange\":\"NASDAQ\",\"stock\":\"TSLA\"}": {
                  "target": "#FetchQuote NASDAQ TSLA"
                },
                "Idle": {
                  "target": "#Ended",
                  "description": "You’ve been quiet for a while, so I’ve closed this chat. Say anything to start over."
                },
                "NotUnderstood {\"candidates\":[]}": {
                  "description": "Sorry, I still don’t get it. Here is what I understand. Pick one of the options, by its button, number or name. From anywhere you can name a stock (“price of Croda”), go to the “main menu”, or say “goodbye”."
                }
              }
            }
          }
        },
        "Exchange NASDAQ": {
          "id": "Exchange NASDAQ",
          "initial": "ChooseStock NASDAQ",
          "states": {
            "ChooseStock NASDAQ": {
              "id": "ChooseStock NASDAQ",
              "on": {
                "ChooseStock {\"exchange\":\"NASDAQ\",\"stock\":\"TSLA\"}": {
                  "target": "#FetchQuote NASDAQ TSLA"
                },
                "GoBack": {
                  "target": "#ChooseExchange",
                  "description": "Which exchange are you interested in?"
                },
                "MainMenu": {
                  "target": "#ChooseExchange",
                  "description": "Which exchange are you interested in?"
                },
                "Help": {
                  "description": "Pick one of the options, by its button, number or name. From anywhere you can name a stock (“price of Croda”), go to the “main menu”, or say “goodbye”."
                },
                "Goodbye": {
                  "target": "#Ended",
                  "description": "Goodbye, and thanks for the chat. Say anything to start over."
                },
                "Thanks": {
                  "description": "You’re welcome."
                },
                "Greeting": {
                  "description": "Hello! Pick one of the options, or name a stock (“price of Croda”)."
                },
                "ChooseExchange {\"exchange\":\"LSE\"}": {
                  "target": "#ChooseStock LSE",
                  "reenter": true,
                  "description": "London Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NYSE\"}": {
                  "target": "#ChooseStock NYSE",
                  "reenter": true,
                  "description": "New York Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NASDAQ\"}": {
                  "target": "#ChooseStock NASDAQ",
                  "reenter": true,
                  "description": "Nasdaq Stock Exchange: which stock would you like to see?"
                },
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"CRDA\"}": {
                  "target": "#FetchQuote LSE CRDA"
                },
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"GSK\"}": {
                  "target": "#FetchQuote LSE GSK"
                },
                "ChooseStock {\"exchange\":\"NYSE\",\"stock\":\"ASH\"}": {
                  "target": "#FetchQuote NYSE ASH"
                },
                "Idle": {
                  "target": "#Ended",
                  "description": "You’ve been quiet for a while, so I’ve closed this chat. Say anything to start over."
                },
                "NotUnderstood {\"candidates\":[]}": {
                  "target": "#ChooseStock NASDAQ (missed)",
                  "description": "Sorry, I didn’t get that. Please pick one of the options, or type “help”."
                }
              }
            },
            "FetchQuote NASDAQ TSLA": {
              "id": "FetchQuote NASDAQ TSLA",
              "on": {
                "GoBack": {
                  "target": "#ChooseStock NASDAQ",
                  "description": "Nasdaq Stock Exchange: which stock would you like to see?"
                },
                "MainMenu": {
                  "target": "#ChooseExchange",
                  "description": "Which exchange are you interested in?"
                },
                "Help": {
                  "description": "Pick one of the options, by its button, number or name. From anywhere you can name a stock (“price of Croda”), go to the “main menu”, or say “goodbye”."
                },
                "Goodbye": {
                  "target": "#Ended",
                  "description": "Goodbye, and thanks for the chat. Say anything to start over."
                },
                "Thanks": {
                  "description": "You’re welcome."
                },
                "Greeting": {
                  "description": "Hello! Pick one of the options, or name a stock (“price of Croda”)."
                },
                "ChooseExchange {\"exchange\":\"LSE\"}": {
                  "target": "#ChooseStock LSE",
                  "description": "London Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NYSE\"}": {
                  "target": "#ChooseStock NYSE",
                  "description": "New York Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NASDAQ\"}": {
                  "target": "#ChooseStock NASDAQ",
                  "description": "Nasdaq Stock Exchange: which stock would you like to see?"
                },
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"CRDA\"}": {
                  "target": "#FetchQuote LSE CRDA",
                  "reenter": true
                },
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"GSK\"}": {
                  "target": "#FetchQuote LSE GSK",
                  "reenter": true
                },
                "ChooseStock {\"exchange\":\"NYSE\",\"stock\":\"ASH\"}": {
                  "target": "#FetchQuote NYSE ASH",
                  "reenter": true
                },
                "ChooseStock {\"exchange\":\"NASDAQ\",\"stock\":\"TSLA\"}": {
                  "target": "#FetchQuote NASDAQ TSLA",
                  "reenter": true
                },
                "Idle": {
                  "target": "#Ended",
                  "description": "You’ve been quiet for a while, so I’ve closed this chat. Say anything to start over."
                },
                "NotUnderstood {\"candidates\":[]}": {
                  "description": "One moment, I’m still looking up Tesla, Inc.."
                },
                "QuoteArrived {\"quote\":{\"at\":\"1970-01-01T00:00:00Z\",\"price\":\"100.00\"}}": {
                  "target": "#ShowPrice NASDAQ TSLA",
                  "description": "Tesla, Inc. is at 100.00 USD a share."
                },
                "QuoteFailed": {
                  "target": "#QuoteUnavailable NASDAQ TSLA",
                  "description": "Sorry, I couldn’t get a price for Tesla, Inc. just now. You can try again, or go back and pick another stock."
                }
              }
            },
            "ChooseStock NASDAQ (missed)": {
              "id": "ChooseStock NASDAQ (missed)",
              "on": {
                "ChooseStock {\"exchange\":\"NASDAQ\",\"stock\":\"TSLA\"}": {
                  "target": "#FetchQuote NASDAQ TSLA"
                },
                "GoBack": {
                  "target": "#ChooseExchange",
                  "description": "Which exchange are you interested in?"
                },
                "MainMenu": {
                  "target": "#ChooseExchange",
                  "description": "Which exchange are you interested in?"
                },
                "Help": {
                  "target": "#ChooseStock NASDAQ",
                  "description": "Pick one of the options, by its button, number or name. From anywhere you can name a stock (“price of Croda”), go to the “main menu”, or say “goodbye”."
                },
                "Goodbye": {
                  "target": "#Ended",
                  "description": "Goodbye, and thanks for the chat. Say anything to start over."
                },
                "Thanks": {
                  "target": "#ChooseStock NASDAQ",
                  "description": "You’re welcome."
                },
                "Greeting": {
                  "target": "#ChooseStock NASDAQ",
                  "description": "Hello! Pick one of the options, or name a stock (“price of Croda”)."
                },
                "ChooseExchange {\"exchange\":\"LSE\"}": {
                  "target": "#ChooseStock LSE",
                  "reenter": true,
                  "description": "London Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NYSE\"}": {
                  "target": "#ChooseStock NYSE",
                  "reenter": true,
                  "description": "New York Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NASDAQ\"}": {
                  "target": "#ChooseStock NASDAQ",
                  "reenter": true,
                  "description": "Nasdaq Stock Exchange: which stock would you like to see?"
                },
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"CRDA\"}": {
                  "target": "#FetchQuote LSE CRDA"
                },
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"GSK\"}": {
                  "target": "#FetchQuote LSE GSK"
                },
                "ChooseStock {\"exchange\":\"NYSE\",\"stock\":\"ASH\"}": {
                  "target": "#FetchQuote NYSE ASH"
                },
                "Idle": {
                  "target": "#Ended",
                  "description": "You’ve been quiet for a while, so I’ve closed this chat. Say anything to start over."
                },
                "NotUnderstood {\"candidates\":[]}": {
                  "description": "Sorry, I still don’t get it. Here is what I understand. Pick one of the options, by its button, number or name. From anywhere you can name a stock (“price of Croda”), go to the “main menu”, or say “goodbye”."
                }
              }
            },
            "ShowPrice NASDAQ TSLA": {
              "id": "ShowPrice NASDAQ TSLA",
              "on": {
                "Refresh": {
                  "target": "#FetchQuote NASDAQ TSLA"
                },
                "GoBack": {
                  "target": "#ChooseStock NASDAQ",
                  "description": "Nasdaq Stock Exchange: which stock would you like to see?"
                },
                "MainMenu": {
                  "target": "#ChooseExchange",
                  "description": "Which exchange are you interested in?"
                },
                "Help": {
                  "description": "Pick one of the options, by its button, number or name. From anywhere you can name a stock (“price of Croda”), go to the “main menu”, or say “goodbye”."
                },
                "Goodbye": {
                  "target": "#Ended",
                  "description": "Goodbye, and thanks for the chat. Say anything to start over."
                },
                "Thanks": {
                  "description": "You’re welcome."
                },
                "Greeting": {
                  "description": "Hello! Pick one of the options, or name a stock (“price of Croda”)."
                },
                "ChooseExchange {\"exchange\":\"LSE\"}": {
                  "target": "#ChooseStock LSE",
                  "description": "London Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NYSE\"}": {
                  "target": "#ChooseStock NYSE",
                  "description": "New York Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NASDAQ\"}": {
                  "target": "#ChooseStock NASDAQ",
                  "description": "Nasdaq Stock Exchange: which stock would you like to see?"
                },
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"CRDA\"}": {
                  "target": "#FetchQuote LSE CRDA"
                },
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"GSK\"}": {
                  "target": "#FetchQuote LSE GSK"
                },
                "ChooseStock {\"exchange\":\"NYSE\",\"stock\":\"ASH\"}": {
                  "target": "#FetchQuote NYSE ASH"
                },
                "ChooseStock {\"exchange\":\"NASDAQ\",\"stock\":\"TSLA\"}": {
                  "target": "#FetchQuote NASDAQ TSLA"
                },
                "Idle": {
                  "target": "#Ended",
                  "description": "You’ve been quiet for a while, so I’ve closed this chat. Say anything to start over."
                },
                "NotUnderstood {\"candidates\":[]}": {
                  "target": "#ShowPrice NASDAQ TSLA (missed)",
                  "description": "Sorry, I didn’t get that. Please pick one of the options, or type “help”."
                }
              }
            },
            "QuoteUnavailable NASDAQ TSLA": {
              "id": "QuoteUnavailable NASDAQ TSLA",
              "on": {
                "TryAgain": {
                  "target": "#FetchQuote NASDAQ TSLA"
                },
                "GoBack": {
                  "target": "#ChooseStock NASDAQ",
                  "description": "Nasdaq Stock Exchange: which stock would you like to see?"
                },
                "MainMenu": {
                  "target": "#ChooseExchange",
                  "description": "Which exchange are you interested in?"
                },
                "Help": {
                  "description": "Pick one of the options, by its button, number or name. From anywhere you can name a stock (“price of Croda”), go to the “main menu”, or say “goodbye”."
                },
                "Goodbye": {
                  "target": "#Ended",
                  "description": "Goodbye, and thanks for the chat. Say anything to start over."
                },
                "Thanks": {
                  "description": "You’re welcome."
                },
                "Greeting": {
                  "description": "Hello! Pick one of the options, or name a stock (“price of Croda”)."
                },
                "ChooseExchange {\"exchange\":\"LSE\"}": {
                  "target": "#ChooseStock LSE",
                  "description": "London Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NYSE\"}": {
                  "target": "#ChooseStock NYSE",
                  "description": "New York Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NASDAQ\"}": {
                  "target": "#ChooseStock NASDAQ",
                  "description": "Nasdaq Stock Exchange: which stock would you like to see?"
                },
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"CRDA\"}": {
                  "target": "#FetchQuote LSE CRDA"
                },
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"GSK\"}": {
                  "target": "#FetchQuote LSE GSK"
                },
                "ChooseStock {\"exchange\":\"NYSE\",\"stock\":\"ASH\"}": {
                  "target": "#FetchQuote NYSE ASH"
                },
                "ChooseStock {\"exchange\":\"NASDAQ\",\"stock\":\"TSLA\"}": {
                  "target": "#FetchQuote NASDAQ TSLA"
                },
                "Idle": {
                  "target": "#Ended",
                  "description": "You’ve been quiet for a while, so I’ve closed this chat. Say anything to start over."
                },
                "NotUnderstood {\"candidates\":[]}": {
                  "target": "#QuoteUnavailable NASDAQ TSLA (missed)",
                  "description": "Sorry, I didn’t get that. Please pick one of the options, or type “help”."
                }
              }
            },
            "ShowPrice NASDAQ TSLA (missed)": {
              "id": "ShowPrice NASDAQ TSLA (missed)",
              "on": {
                "Refresh": {
                  "target": "#FetchQuote NASDAQ TSLA"
                },
                "GoBack": {
                  "target": "#ChooseStock NASDAQ",
                  "description": "Nasdaq Stock Exchange: which stock would you like to see?"
                },
                "MainMenu": {
                  "target": "#ChooseExchange",
                  "description": "Which exchange are you interested in?"
                },
                "Help": {
                  "target": "#ShowPrice NASDAQ TSLA",
                  "description": "Pick one of the options, by its button, number or name. From anywhere you can name a stock (“price of Croda”), go to the “main menu”, or say “goodbye”."
                },
                "Goodbye": {
                  "target": "#Ended",
                  "description": "Goodbye, and thanks for the chat. Say anything to start over."
                },
                "Thanks": {
                  "target": "#ShowPrice NASDAQ TSLA",
                  "description": "You’re welcome."
                },
                "Greeting": {
                  "target": "#ShowPrice NASDAQ TSLA",
                  "description": "Hello! Pick one of the options, or name a stock (“price of Croda”)."
                },
                "ChooseExchange {\"exchange\":\"LSE\"}": {
                  "target": "#ChooseStock LSE",
                  "description": "London Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NYSE\"}": {
                  "target": "#ChooseStock NYSE",
                  "description": "New York Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NASDAQ\"}": {
                  "target": "#ChooseStock NASDAQ",
                  "description": "Nasdaq Stock Exchange: which stock would you like to see?"
                },
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"CRDA\"}": {
                  "target": "#FetchQuote LSE CRDA"
                },
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"GSK\"}": {
                  "target": "#FetchQuote LSE GSK"
                },
                "ChooseStock {\"exchange\":\"NYSE\",\"stock\":\"ASH\"}": {
                  "target": "#FetchQuote NYSE ASH"
                },
                "ChooseStock {\"exchange\":\"NASDAQ\",\"stock\":\"TSLA\"}": {
                  "target": "#FetchQuote NASDAQ TSLA"
                },
                "Idle": {
                  "target": "#Ended",
                  "description": "You’ve been quiet for a while, so I’ve closed this chat. Say anything to start over."
                },
                "NotUnderstood {\"candidates\":[]}": {
                  "description": "Sorry, I still don’t get it. Here is what I understand. Pick one of the options, by its button, number or name. From anywhere you can name a stock (“price of Croda”), go to the “main menu”, or say “goodbye”."
                }
              }
            },
            "QuoteUnavailable NASDAQ TSLA (missed)": {
              "id": "QuoteUnavailable NASDAQ TSLA (missed)",
              "on": {
                "TryAgain": {
                  "target": "#FetchQuote NASDAQ TSLA"
                },
                "GoBack": {
                  "target": "#ChooseStock NASDAQ",
                  "description": "Nasdaq Stock Exchange: which stock would you like to see?"
                },
                "MainMenu": {
                  "target": "#ChooseExchange",
                  "description": "Which exchange are you interested in?"
                },
                "Help": {
                  "target": "#QuoteUnavailable NASDAQ TSLA",
                  "description": "Pick one of the options, by its button, number or name. From anywhere you can name a stock (“price of Croda”), go to the “main menu”, or say “goodbye”."
                },
                "Goodbye": {
                  "target": "#Ended",
                  "description": "Goodbye, and thanks for the chat. Say anything to start over."
                },
                "Thanks": {
                  "target": "#QuoteUnavailable NASDAQ TSLA",
                  "description": "You’re welcome."
                },
                "Greeting": {
                  "target": "#QuoteUnavailable NASDAQ TSLA",
                  "description": "Hello! Pick one of the options, or name a stock (“price of Croda”)."
                },
                "ChooseExchange {\"exchange\":\"LSE\"}": {
                  "target": "#ChooseStock LSE",
                  "description": "London Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NYSE\"}": {
                  "target": "#ChooseStock NYSE",
                  "description": "New York Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NASDAQ\"}": {
                  "target": "#ChooseStock NASDAQ",
                  "description": "Nasdaq Stock Exchange: which stock would you like to see?"
                },
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"CRDA\"}": {
                  "target": "#FetchQuote LSE CRDA"
                },
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"GSK\"}": {
                  "target": "#FetchQuote LSE GSK"
                },
                "ChooseStock {\"exchange\":\"NYSE\",\"stock\":\"ASH\"}": {
                  "target": "#FetchQuote NYSE ASH"
                },
                "ChooseStock {\"exchange\":\"NASDAQ\",\"stock\":\"TSLA\"}": {
                  "target": "#FetchQuote NASDAQ TSLA"
                },
                "Idle": {
                  "target": "#Ended",
                  "description": "You’ve been quiet for a while, so I’ve closed this chat. Say anything to start over."
                },
                "NotUnderstood {\"candidates\":[]}": {
                  "description": "Sorry, I still don’t get it. Here is what I understand. Pick one of the options, by its button, number or name. From anywhere you can name a stock (“price of Croda”), go to the “main menu”, or say “goodbye”."
                }
              }
            }
          }
        },
        "ChooseExchange (missed)": {
          "id": "ChooseExchange (missed)",
          "on": {
            "ChooseExchange {\"exchange\":\"LSE\"}": {
              "target": "#ChooseStock LSE",
              "description": "London Stock Exchange: which stock would you like to see?"
            },
            "ChooseExchange {\"exchange\":\"NYSE\"}": {
              "target": "#ChooseStock NYSE",
              "description": "New York Stock Exchange: which stock would you like to see?"
            },
            "ChooseExchange {\"exchange\":\"NASDAQ\"}": {
              "target": "#ChooseStock NASDAQ",
              "description": "Nasdaq Stock Exchange: which stock would you like to see?"
            },
            "MainMenu": {
              "target": "#ChooseExchange",
              "reenter": true,
              "description": "Which exchange are you interested in?"
            },
            "Help": {
              "target": "#ChooseExchange",
              "description": "Pick one of the options, by its button, number or name. From anywhere you can name a stock (“price of Croda”), go to the “main menu”, or say “goodbye”."
            },
            "Goodbye": {
              "target": "#Ended",
              "description": "Goodbye, and thanks for the chat. Say anything to start over."
            },
            "Thanks": {
              "target": "#ChooseExchange",
              "description": "You’re welcome."
            },
            "Greeting": {
              "target": "#ChooseExchange",
              "description": "Hello! Pick one of the options, or name a stock (“price of Croda”)."
            },
            "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"CRDA\"}": {
              "target": "#FetchQuote LSE CRDA"
            },
            "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"GSK\"}": {
              "target": "#FetchQuote LSE GSK"
            },
            "ChooseStock {\"exchange\":\"NYSE\",\"stock\":\"ASH\"}": {
              "target": "#FetchQuote NYSE ASH"
            },
            "ChooseStock {\"exchange\":\"NASDAQ\",\"stock\":\"TSLA\"}": {
              "target": "#FetchQuote NASDAQ TSLA"
            },
            "Idle": {
              "target": "#Ended",
              "description": "You’ve been quiet for a while, so I’ve closed this chat. Say anything to start over."
            },
            "NotUnderstood {\"candidates\":[]}": {
              "description": "Sorry, I still don’t get it. Here is what I understand. Pick one of the options, by its button, number or name. From anywhere you can name a stock (“price of Croda”), go to the “main menu”, or say “goodbye”."
            }
          }
        }
      }
    },
    "Ended": {
      "id": "Ended",
      "on": {
        "MainMenu": {
          "target": "#ChooseExchange",
          "description": "Hi, I’m the stock bot. I can tell you what a share costs.\n\nWhich exchange are you interested in?"
        },
        "NotUnderstood {\"candidates\":[]}": {
          "target": "#ChooseExchange",
          "description": "Hi, I’m the stock bot. I can tell you what a share costs.\n\nWhich exchange are you interested in?"
        }
      }
    }
  }
});
